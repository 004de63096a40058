#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workloads/graph.h"

namespace ernsim::evaluation {

/// A height and a width, or one length: of the shorter side for a resize, of both for a crop.
struct Size {
  int height = 0;
  int width = 0;  ///< 0: `height` is the one length
};

/// "256" or "256x320"; `option` is named in the UserError otherwise.
Size parse_size(const std::string& option, const std::string& text);

/// What happens to a picture before the network sees it, as torchvision's Resize, CenterCrop and TenCrop do it to
/// Pillow's pictures.
struct Preprocessing {
  std::optional<Size> resize;
  std::string filter = "bilinear";
  std::optional<Size> crop;
  bool ten_crop = false;  ///< corners and middle, and those of the mirrored picture; at `crop`, or the network's size

  /// "resize 256 bilinear, centre crop 224x224"
  std::string text(int height, int width) const;
  /// The pictures of the network's size whose logits are averaged: one or ten. Throws WorkloadError, naming `name`,
  /// if that is not what comes out.
  std::vector<workloads::Image> views(const workloads::Image& image, int height, int width,
                                      const std::string& name) const;
};

}  // namespace ernsim::evaluation
