#include <systemc>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

// A fuzzer for any compiler: mutate COUNT FILE... changes the files' bytes at random, the same in every run, and hands
// them to the target.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

class Mutator {
 public:
  Bytes mutate(Bytes bytes, const Bytes& other) {
    for (std::size_t i = 1 + below(4); i > 0; --i) change(bytes, other);
    return bytes;
  }

 private:
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  void change(Bytes& bytes, const Bytes& other) {
    if (bytes.empty()) bytes.push_back(0);
    const std::size_t at = below(bytes.size());
    const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(6)) {
      case 0:
        bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1u << below(8)));
        break;
      case 1:
        bytes[at] = static_cast<std::uint8_t>(below(256));
        break;
      case 2:
        bytes.erase(place, place + static_cast<std::ptrdiff_t>(below(bytes.size() - at)));
        break;
      case 3:
        bytes.insert(place, 1 + below(9), static_cast<std::uint8_t>(below(256)));
        break;
      case 4: {  // digits and lines make the most of texts
        const char* const pieces[] = {"-1", "99999999999999999999", "\n", "=", "\"", "4294967296", "0", "nan", "[",
                                      "{"};
        const std::string piece = pieces[below(10)];
        bytes.insert(place, piece.begin(), piece.end());
        break;
      }
      default: {
        const std::size_t from = below(other.size()), count = below(other.size() - from);
        bytes.insert(place, other.begin() + static_cast<std::ptrdiff_t>(from),
                     other.begin() + static_cast<std::ptrdiff_t>(from + count));
      }
    }
  }

  std::mt19937 random_{1};
};

Bytes contents(const char* file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int sc_main(int count, char** arguments) {
  if (count < 3) return 2;
  std::vector<Bytes> seeds;
  for (int i = 2; i < count; ++i) seeds.push_back(contents(arguments[i]));
  Mutator mutator;
  const int runs = std::atoi(arguments[1]);
  for (int i = 0; i < runs; ++i) {
    const auto number = static_cast<std::size_t>(i);
    const Bytes& seed = seeds[number % seeds.size()];
    const Bytes input =
        number < seeds.size() ? seed : mutator.mutate(seed, seeds[number / seeds.size() % seeds.size()]);
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%d inputs\n", runs);
  return 0;
}
