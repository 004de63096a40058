#include <catch2/catch.hpp>

#include "tests/system/cli_refused.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

/// The first bytes of an ONNX file whose graph is cut off.
const std::string truncated_onnx("\x08\x06\x3a\xff\x0f\x0a\x03\x61", 8);

}  // namespace

TEST_CASE("whatever is mistyped, what was probably meant is said") {
  const Scratch scratch;
  const std::string run = "run --network ERNs18x075 ";
  const std::vector<std::pair<std::string, std::string>> mistakes{
      {"rnu", "run"},
      {"platforsm", "platforms"},
      {run + "--framse 2", "--frames"},
      {"figures --jsn x", "--json"},
      {"run --network ERNs81", "ERNs18"},
      {"run --network ern50", "ERNs50"},
      {"networks --toml ERNs043", "ERNs34"},
      {"export ERNs10l --onnx x", "ERNs101"},
      {"sweep --network ERN34", "ERNs34"},
      {run + "--platform kv620", "kv260"},
      {"platforms --toml KV26", "kv260"},
      {run + "--set convolutoin.lanes=3", "convolution"},
      {run + "--set convolution.lanse=3", "lanes"},
      {run + "--set lanes=3", "convolution.lanes"},
      {run + "--set traffc.camera.rate_mb_s=3", "traffic"},
      {run + "--set traffic.camera.rate_mbs=3", "rate_mb_s"},
      {run + "--set network.stage2.widht=3", "width"},
      {run + "--set network.stge2.width=3", "stage2"},
      {"export ERNs18x075 --onnx x --set netwrok.stage2.width=96", "network.stage2.width"},
      {"networks --network ERNs18 --set stage2.width=96", "network.stage2.width"},
      {"networks --toml ERNs18 --set network_classes=3", "network.classes"},
      {run + "--set dram.part=ddr4_320_x8", "ddr4_3200_x8"},
      {"dram --part lpdr5_6400_x16", "lpddr5_6400_x16"},
      {run + "--set dram.page_policy=opne", "open"},
      {run + "--set fpga.device=k62", "K26"},
      {run + "--data of", "off"},
      {run + "--engine stpe", "step"},
      {run + "--stem relased", "released"},
      {"compare --mode ordr a b", "order"},
      {run + "--color alwyas", "always"},
      {"trace --network ERNs18x075 --input-size 32x32 --out x --units convoluton", "convolution"},
      {"trace --network ERNs18x075 --input-size 32x32 --out x --layers backbone.cnv1", "backbone.conv1"},
      {"vectors --network ERNs18x075 --input-size 32x32 --out x --layer backbone.cnv1", "backbone.conv1"},
      {"sweep --network ERNs18x075 --want 'fsp > 3'", "fps"},
      {"sweep --network ERNs18x075 --best 'min luts'", "lut"},
      {"sweep axis.toml", "lanes"},
      {"sweep section.toml", "axes"},
      {"sweep value.toml", "lpddr4_3200_x16"},
  };
  scratch.write("axis.toml", "networks = [\"ERNs18x075\"]\n[axes]\n\"convolution.lane\" = [1]\n");
  scratch.write("section.toml", "networks = [\"ERNs18x075\"]\n[axis]\n\"convolution.lanes\" = [1]\n");
  scratch.write("value.toml", "networks = [\"ERNs18x075\"]\n[axes]\n\"dram.part\" = [\"lpddr4_320_x16\"]\n");
  for (const auto& [words, meant] : mistakes)
    CHECK_THAT(refused(words, scratch), Contains("did you mean " + meant + "?"));
}

TEST_CASE("unknown subcommands and options are refused with the nearest known one") {
  CHECK_THAT(refused("help netwroks"), Contains("did you mean networks?"));
  CHECK_THAT(refused(quick_run + "--jsno x"), Contains("did you mean --json?"));
  refused("");
  refused("networks extra");
  for (const char* far : {"quit", "simulate", "-x"}) {
    const std::string text = refused(far);
    CHECK_THAT(text, Contains("ernsim help lists them"));
    CHECK_THAT(text, !Contains("did you mean"));
  }
  CHECK_THAT(refused("verison"), Contains("did you mean version?"));
  CHECK_THAT(refused("--hepl"), Contains("did you mean --help?"));
}

TEST_CASE("a run without a network is refused") { CHECK_THAT(refused("run"), Contains("--network")); }

TEST_CASE("networks and platforms that do not exist are refused with those that do") {
  CHECK_THAT(refused("run --network ERNs19"), Contains("ERNs18") && Contains("ERNs101"));
  CHECK_THAT(refused(quick_run + "--platform kv26"), Contains("kv260"));
  CHECK_THAT(refused("platforms --toml kv26"), Contains("kv260"));
  CHECK_THAT(refused(quick_run + "--stem papre"), Contains("paper"));
}

TEST_CASE("ONNX files that are missing, empty, cut off or something else are refused") {
  const Scratch scratch;
  scratch.write("empty.onnx", "");
  scratch.write("cut.onnx", truncated_onnx);
  scratch.write("text.onnx", "this is a text\nof two lines\n");
  for (const char* file : {"missing.onnx", "empty.onnx", "cut.onnx", "text.onnx", "."}) {
    CHECK_THAT(refused(std::string("import --out parts ") + file, scratch), Contains(file));
    CHECK_THAT(refused(quick_run + "--weights " + file, scratch), Contains(file));
  }
  for (const char* file : {"missing.onnx", "empty.onnx", "cut.onnx", "text.onnx"})
    CHECK_THAT(refused(std::string("run --network ") + file, scratch), Contains(file));
}

TEST_CASE("pictures that are missing, empty, a directory or no picture are refused") {
  const Scratch scratch;
  scratch.write("text.png", "this is a text\n");
  scratch.write("empty.png", "");
  scratch.write("cut.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
  scratch.write("cut.ppm", "P6 64 64 255\nxx");
  scratch.write("cut.jpg", "\xff\xd8\xff\xe0");
  for (const char* file : {"missing.png", "text.png", "empty.png", "cut.png", "cut.ppm", "cut.jpg", "."})
    CHECK_THAT(refused(quick_run + "--image " + file, scratch), Contains(file));
}

TEST_CASE("platform files with errors are refused with file, line and the nearest key") {
  const Scratch scratch;
  scratch.write("key.toml", "[convolution]\nlane = 3\n");
  scratch.write("section.toml", "[convolutions]\n");
  scratch.write("range.toml", "[convolution]\nlanes = 99\n");
  scratch.write("cut.toml", "[convolution]\nlanes = ");
  scratch.write("text.toml", "this is a text\n");
  CHECK_THAT(refused(quick_run + "--platform key.toml", scratch),
             Contains("key.toml:2") && Contains("did you mean lanes?"));
  CHECK_THAT(refused(quick_run + "--platform section.toml", scratch), Contains("did you mean convolution?"));
  CHECK_THAT(refused(quick_run + "--platform range.toml", scratch), Contains("range.toml:2") && Contains("1 to 8"));
  CHECK_THAT(refused(quick_run + "--platform cut.toml", scratch), Contains("cut.toml:2"));
  CHECK_THAT(refused(quick_run + "--platform text.toml", scratch), Contains("text.toml:1"));
  CHECK_THAT(refused(quick_run + "--platform missing.toml", scratch), Contains("missing.toml"));
}

TEST_CASE("parameters given as options are checked like those in files") {
  CHECK_THAT(refused(quick_run + "--set dram.refesh=true"), Contains("did you mean refresh?"));
  CHECK_THAT(refused(quick_run + "--set dram.refresh=1"), Contains("true or false"));
  CHECK_THAT(refused(quick_run + "--set dram.part=x16"), Contains("kv260_x16, generic_x8"));
  CHECK_THAT(refused(quick_run + "--set convolution.block_channels=48"), Contains("power of two"));
  CHECK_THAT(refused(quick_run + "--set accelerator.clock_mhz=nan"), Contains("1 to 2000"));
  CHECK_THAT(refused(quick_run + "--set lanes"), Contains("section.key=value"));
}

TEST_CASE("a layer that cannot fit on chip is refused") {
  CHECK_THAT(refused(quick_run + "--set memory.weights_words=64"),
             Contains("backbone.conv1") && Contains("weights_words"));
}

TEST_CASE("outputs that cannot be written are refused before the simulation") {
  const Scratch scratch;
  for (const char* option : {"--json", "--csv", "--save-schedule"}) {
    CHECK_THAT(refused(quick_run + option + " .", scratch), Contains("directory"));
    CHECK_THAT(refused(quick_run + option + " missing/file", scratch), Contains("missing"));
  }
  CHECK_THAT(refused(quick_run + "--dump-tensors missing/dump", scratch), Contains("missing"));
  scratch.write("file", "x");
  refused(quick_run + "--dump-tensors file", scratch);
}

TEST_CASE("input sizes that are no sizes are refused") {
  for (const char* size :
       {"64", "64x", "x64", "0x64", "64x-64", "64x64x64", "axb", "''", "1e9x64", "2049x64", "99999999x99999999"})
    CHECK_THAT(refused(std::string("run --network ERNs18 --input-size ") + size), Contains("input"));
}

TEST_CASE("numbers and choices out of range are refused") {
  CHECK_THAT(refused(quick_run + "--frames 0"), Contains("1 to 1000"));
  CHECK_THAT(refused(quick_run + "--frames many"), Contains("1 to 1000"));
  CHECK_THAT(refused(quick_run + "--thermometer 0"), Contains("--thermometer"));
  CHECK_THAT(refused(quick_run + "--seed -1"), Contains("--seed"));
  CHECK_THAT(refused(quick_run + "--data maybe"), Contains("on, off"));
  CHECK_THAT(refused(quick_run + "--engine jump"), Contains("step, leap") || Contains("step or leap"));
}

TEST_CASE("options that contradict each other are refused") {
  refused(quick_run + "--weights a.onnx --seed 1");
  refused("run --network a.onnx --weights b.onnx");
  refused("run --network a.onnx --seed 1");
  refused(quick_run + "--data off --dump-tensors dump");
  refused(quick_run + "--json - --csv -");
  refused(quick_run + "--dump-accumulators");
}

TEST_CASE("a command without a platform takes --set of the network alone") {
  for (const char* setting : {"bogus=3", "convolution.lanes=3", "lanes", "=3"})
    for (const char* command : {"export ERNs18x075 --onnx x", "networks --network ERNs18", "networks --toml ERNs18"})
      CHECK_THAT(refused(std::string(command) + " --set " + setting), Contains("must be network.KEY=VALUE"));
  CHECK_THAT(refused("networks --set bogus=3"), Contains("--set needs --network or --toml"));
  CHECK_THAT(refused("networks --json n --set network.classes=3"), Contains("--set needs --network or --toml"));
}

TEST_CASE("a list of networks takes no option that chooses one network's shape or weights") {
  for (const char* option : {"--stem paper", "--input-size 64x64", "--thermometer 3", "--weights nofile", "--seed 3"})
    for (const char* list : {"networks ", "networks --json - ", "networks --toml ERNs18 "}) {
      const std::string text = refused(list + std::string(option));
      CHECK_THAT(text, Contains(std::string(option).substr(0, std::string(option).find(' ')) + " needs --network"));
      CHECK((text.find("network.KEY=VALUE") != std::string::npos) ==
            (std::string(list).find("toml") != std::string::npos));
    }
}

TEST_CASE("what is refused is one line, though there is something to note") {
  const Scratch scratch;
  scratch.write("small.ppm", "P6 1 1 255\nxxx");
  const std::string noted = " --network ERNs18x075 --input-size 32x32 --image small.ppm --out out ";
  for (const char* wrong : {"trace --units bogus", "trace --layers bogus", "trace --cycles 9", "vectors --layer bogus"})
    refused(wrong + noted, scratch);
  CHECK_THAT(program("trace --cycles :9" + noted, scratch).err, Contains("note: small.ppm"));
}

TEST_CASE("an empty value is refused wherever one is taken") {
  for (const char* words : {"run --network ''", "export ERNs18 --onnx ''", "manual --out ''", "dram --part ''",
                            "check t --like ''", "sweep --network ''", "figures --json ''"})
    CHECK_THAT(refused(words), Contains("'': must not be empty"));
  CHECK_THAT(refused(quick_run + "--weights ''"), Contains("--weights"));
  CHECK_THAT(refused("eval --network ERNs18 --data . --labels ''"), Contains("--labels"));
}

TEST_CASE("schedules that cannot be read or belong to something else are refused") {
  const Scratch scratch;
  scratch.write("text.schedule", "this is a text\n");
  CHECK_THAT(refused(quick_run + "--schedule text.schedule", scratch), Contains("text.schedule"));
  CHECK_THAT(refused(quick_run + "--schedule missing.schedule", scratch), Contains("missing.schedule"));
  REQUIRE(program(quick_run + "--data off --save-schedule good.schedule", scratch).status == 0);
  refused("run --network ERNs18 --input-size 64x64 --schedule good.schedule", scratch);
  refused("run --network ERNs18x075 --input-size 64x96 --schedule good.schedule", scratch);
  refused(quick_run + "--schedule good.schedule --set convolution.lanes=2", scratch);
}

TEST_CASE("a program without what reads ONNX files says so, and does without it for the rest") {
  const Scratch alone, elsewhere;
  fs::copy_file(ERNSIM_PROGRAM, alone / "ernsim");
  alone.write("a.onnx", truncated_onnx);
  const auto status = [&](const std::string& arguments) {
    const std::string command = "cd '" + alone.path().string() + "' && ./ernsim " + arguments + " >'" +
                                (elsewhere / "out").string() + "' 2>'" + (elsewhere / "err").string() + "'";
    const int raw = std::system(command.c_str());
    return WIFEXITED(raw) ? WEXITSTATUS(raw) : -1;
  };
  CHECK(status("import a.onnx --out parts") == 2);
  CHECK_THAT(contents(elsewhere / "err"), Contains("libernsim_onnx.so") && Contains("beside the program"));
  CHECK(status(quick_run + "--data off") == 0);
}
