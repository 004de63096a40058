#!/usr/bin/env python3
"""Trains a small residual network on Fashion-MNIST and exports it: binary weights, 2-bit activations, integer sums.

    train.py --width 32 --epochs 6 --out DIR

needs Debian's python3-torch and dataset-fashion-mnist. Writes into DIR fashion_WIDTH.onnx, a QONNX file whose input is the codes
of a thermometer of 10; test.npz, the 10,000 test pictures with labels; fashion_WIDTH.logits.npy, the logits that this
framework gives for them in double precision; and prints how many of these pictures are right, as framework.json has it.

The rules are those of ERNs: weights are +-1 times one number per output channel, the mean of |w|; of convolutions that end in
a sum times 1/32, the same for all; activations are clamped to 0 and 2 and rounded to steps of 2/3, a code 0 to 3; sums are
not normalised; only pooling and the classes' scales come after the last convolution. Gradients pass both quantizers
straight through where they are not saturated.
"""
import argparse
import gzip
import json
import os
import time
import warnings

import numpy as np
import torch
from torch import nn
from torch.nn import functional

DATA = "/usr/share/datasets/fashion-mnist"
CODES, STEP = 10, 8  # of the thermometer: STEP = floor(255 / (3 * CODES))


class Binary(torch.autograd.Function):
    """+scale where w >= 0, else -scale."""

    @staticmethod
    def forward(context, weight, scale):
        context.save_for_backward(weight)
        return torch.where(weight >= 0, scale, -scale)

    @staticmethod
    def backward(context, gradient):
        (weight,) = context.saved_tensors
        return gradient * (weight.abs() <= 1), None

    @staticmethod
    def symbolic(graph, weight, scale):
        return graph.op("qonnx.custom_op.general::BipolarQuant", weight, scale)


class Codes(torch.autograd.Function):
    """Code times scale."""

    @staticmethod
    def forward(context, value, scale):
        context.save_for_backward(value)
        context.top = 3 * scale
        return (value / scale).clamp(0, 3).round() * scale

    @staticmethod
    def backward(context, gradient):
        (value,) = context.saved_tensors
        return gradient * ((value >= 0) & (value <= context.top)), None

    @staticmethod
    def symbolic(graph, value, scale):
        numbers = [graph.op("Constant", value_t=torch.tensor(float(each))) for each in (scale, 0, 2)]
        return graph.op("qonnx.custom_op.general::Quant", value, *numbers, signed_i=0, narrow_i=0, rounding_mode_s="ROUND")


class Convolution(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1, residual=False):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, kernel, kernel) * 0.1)
        self.stride, self.padding, self.residual = stride, kernel // 2, residual
        self.register_buffer("scale", torch.full((outputs, 1, 1, 1), 1 / 32))
        self.fixed = False

    def forward(self, value):
        if not self.residual and not self.fixed:
            self.scale = self.weight.detach().abs().mean((1, 2, 3), keepdim=True)
        return functional.conv2d(value, Binary.apply(self.weight, self.scale), stride=self.stride, padding=self.padding)

    def fix(self):
        """Signs alone are kept: they are what the file needs."""
        self.fixed = True
        self.weight.data = torch.where(self.weight.data >= 0, 1.0, -1.0)


class Activation(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels)
        nn.init.constant_(self.bn.bias, 0.5)

    def forward(self, value):
        return Codes.apply(self.bn(value), 2 / 3)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.act0, self.act1 = Activation(inputs), Activation(outputs)
        self.conv1 = Convolution(inputs, outputs, 3, stride)
        self.conv2 = Convolution(outputs, outputs, 3, residual=True)
        changes = inputs != outputs or stride != 1
        self.downsample = Convolution(inputs, outputs, 1, stride, residual=True) if changes else None

    def forward(self, value):
        first = self.act0(value)
        shortcut = value if self.downsample is None else self.downsample(first)
        return self.conv2(self.act1(self.conv1(first))) + shortcut


class Network(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.stem = Convolution(3 * CODES, width, 3, 2)
        self.blocks = nn.Sequential(Block(width, width, 2), Block(width, 2 * width, 1), Block(2 * width, 2 * width, 1))
        self.last = Activation(2 * width)
        self.conv = Convolution(2 * width, 10, 1)

    def forward(self, codes):
        maps = self.conv(self.last(self.blocks(self.stem(codes))))
        return torch.flatten(functional.adaptive_avg_pool2d(maps, 1), 1)


def read(name, header):
    with gzip.open(os.path.join(DATA, name)) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def load(part):
    labels = read(f"{part}-labels-idx1-ubyte.gz", 8)
    return read(f"{part}-images-idx3-ubyte.gz", 16).reshape(len(labels), 28, 28), labels


def embed(images):
    """[N,28,28] uint8 to codes [N,30,28,28]: grey is the same in three colours, code i counts t with x > STEP * (CODES * t + i + 1)."""
    grey = torch.from_numpy(np.array(images)).to(torch.int32)[:, None]
    first = torch.arange(1, CODES + 1).view(1, CODES, 1, 1)
    codes = sum((grey > STEP * (CODES * t + first)).to(torch.float32) for t in range(3))
    return codes.repeat(1, 3, 1, 1)


def train(network, images, labels, epochs, batch=100):
    optimizer = torch.optim.Adam(network.parameters(), 0.005)
    steps = epochs * (len(labels) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.01, steps)
    for epoch in range(epochs):
        begin, right = time.time(), 0
        for chosen in torch.randperm(len(labels)).split(batch):
            picked = images[chosen.numpy()]
            if epoch % 2:  # mirror every second pass
                picked = picked[:, :, ::-1].copy()
            logits = network(embed(picked))
            loss = functional.cross_entropy(logits, labels[chosen], label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            for module in network.modules():
                if isinstance(module, Convolution):
                    module.weight.data.clamp_(-1, 1)
            right += int((logits.argmax(1) == labels[chosen]).sum())
        print(f"epoch {epoch + 1}: {100 * right / len(labels):.2f} % of the training pictures, {time.time() - begin:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--out", default=".")
    options = parser.parse_args()
    torch.manual_seed(0)
    network = Network(options.width)
    images, labels = load("train")
    train(network, images, torch.from_numpy(labels.astype(np.int64)), options.epochs)
    for module in network.modules():
        if isinstance(module, Convolution):
            module.fix()
    network.eval()
    images, labels = load("t10k")
    name = os.path.join(options.out, f"fashion_{options.width}")
    warnings.simplefilter("ignore")  # the exporter does not know the shapes of other domains' operators
    torch.onnx.export(network, embed(images[:1]), name + ".onnx", input_names=["codes"], output_names=["logits"], opset_version=11,
                      do_constant_folding=False, custom_opsets={"qonnx.custom_op.general": 1})
    network.double()
    with torch.no_grad():
        logits = torch.cat([network(embed(images[i:i + 100]).double()) for i in range(0, len(labels), 100)]).numpy()
    np.savez_compressed(os.path.join(options.out, "test.npz"), images=images, labels=labels)
    np.save(name + ".logits.npy", logits)
    right = logits.argmax(1) == labels
    print(json.dumps({f"fashion_{options.width}.onnx.xz": {"first_1000": int(right[:1000].sum()), "all": int(right.sum())}}))


if __name__ == "__main__":
    main()
