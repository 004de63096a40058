#include "evaluation/dataset.h"

#include <catch2/catch.hpp>
#include <random>

#include "output/npy.h"
#include "scratch_data.h"
#include "workloads/error.h"

using namespace ernsim;
using namespace ernsim::evaluation;
using test::ppm;

namespace {

/// The names behind the folder, and labels.
std::vector<std::pair<std::string, int>> listed(const Dataset& data, const test::ScratchFolder& folder) {
  std::vector<std::pair<std::string, int>> found;
  for (std::size_t i = 0; i < data.size(); ++i)
    found.emplace_back(data.name(i).substr((folder / "").size()), data.label(i));
  return found;
}

std::string refusal(const std::string& path, const std::string& labels = "") {
  try {
    open_dataset(path, labels, 3);
  } catch (const workloads::WorkloadError& error) {
    return error.what();
  }
  return "";
}

/// A .npy file of a header alone.
std::string with_header(const std::string& text) {
  std::string bytes = "\x93NUMPY\1";
  bytes += {'\0', static_cast<char>(text.size() % 256), static_cast<char>(text.size() / 256)};
  return bytes + text;
}

const std::vector<std::uint8_t> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

TEST_CASE("Folders are classes in the order of their names, pictures lie at any depth") {
  const test::ScratchFolder folder;
  folder.write("dog/1.ppm", ppm(1));
  folder.write("Zebra/b/2.PPM", ppm(2));
  folder.write("Zebra/a.png", ppm(3));
  folder.write("Zebra/notes.txt", "");
  folder.write("cat/3.ppm", ppm(4));
  const auto data = open_dataset(folder / "", "", 3);
  CHECK(listed(*data, folder) == std::vector<std::pair<std::string, int>>{
                                     {"Zebra/a.png", 0}, {"Zebra/b/2.PPM", 0}, {"cat/3.ppm", 1}, {"dog/1.ppm", 2}});
  CHECK(data->load(3).bytes[0] == 1);
}

TEST_CASE("A CSV's files are found from its own folder on, and its line of titles is none") {
  const test::ScratchFolder folder;
  folder.write("in/a,b.ppm", ppm(7));
  const auto csv = folder.write("in/list.csv", "file,label\r\n\"a,b.ppm\",2\n\na,b.ppm,0\n");
  const auto data = open_dataset(csv, "", 3);
  CHECK(listed(*data, folder) == std::vector<std::pair<std::string, int>>{{"in/a,b.ppm", 2}, {"in/a,b.ppm", 0}});
}

TEST_CASE("Pictures of an array are grey or coloured, and keep the order of their bytes") {
  const test::ScratchFolder folder;
  const auto labels = folder.write("l.npy", npy_bytes({2}, std::vector<std::int32_t>{2, 0}));
  const auto grey = open_dataset(folder.write("g.npy", npy_bytes({2, 2, 3}, values)), labels, 3);
  CHECK(grey->load(1).bytes ==
        std::vector<std::uint8_t>{7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 12});
  const auto coloured = open_dataset(folder.write("c.npy", npy_bytes({2, 1, 2, 3}, values)), labels, 3);
  CHECK(coloured->load(1).bytes == std::vector<std::uint8_t>{7, 8, 9, 10, 11, 12});
  CHECK(coloured->load(1).width == 2);
  CHECK(coloured->label(0) == 2);
}

TEST_CASE("Data that do not go together are refused with what is wrong") {
  const test::ScratchFolder folder;
  const auto images = folder.write("i.npy", npy_bytes({2, 2, 3}, values));
  CHECK_THAT(refusal(folder / "none"), Catch::Contains("no such folder or file"));
  CHECK_THAT(refusal(folder / ""), Catch::Contains("holds no folder"));
  CHECK_THAT(refusal(images), Catch::Contains("--labels"));
  CHECK_THAT(refusal(images, folder.write("3.npy", npy_bytes({3}, std::vector<std::int32_t>{0, 1, 2}))),
             Catch::Contains("3 labels for 2 pictures"));
  CHECK_THAT(refusal(images, folder.write("9.npy", npy_bytes({2}, std::vector<std::int32_t>{0, 9}))),
             Catch::Contains("label 9; the network has the classes 0 to 2"));
  CHECK_THAT(refusal(folder.write("f.npy", npy_bytes({12}, std::vector<float>(12)))),
             Catch::Contains("pictures must be"));
  CHECK_THAT(refusal(folder.write("x.csv", "a.ppm;1\n")), Catch::Contains("x.csv:1"));
  CHECK_THAT(refusal(folder.write("y.csv", "a.ppm,1\n")), Catch::Contains("no such picture"));
}

TEST_CASE("Arrays of the same bytes and another shape have another fingerprint") {
  const test::ScratchFolder folder;
  const auto labels = folder.write("l.npy", npy_bytes({2}, std::vector<std::int32_t>{2, 0}));
  const auto fingerprint = [&](const std::vector<std::size_t>& shape) {
    return open_dataset(folder.write("i.npy", npy_bytes(shape, values)), labels, 3)->fingerprint();
  };
  CHECK(fingerprint({2, 2, 3}) == fingerprint({2, 2, 3}));
  CHECK(fingerprint({2, 2, 3}) != fingerprint({2, 3, 2}));
  CHECK(fingerprint({2, 2, 3}) != fingerprint({2, 2, 1, 3}));
}

TEST_CASE("A header as long as its length can say is refused in little memory") {
  const test::ScratchFolder folder;
  for (const std::size_t letters : {20U, 9'900U, 65'000U}) {
    const auto path = folder.write("a.npy", with_header("{'descr': '" + std::string(letters, 'A')));
    CHECK_THAT(refusal(path), Catch::Contains("header"));
    const auto closed = folder.write("b.npy", with_header("{'descr': '" + std::string(letters, 'A') + "', }"));
    CHECK(refusal(closed).size() < path.size() + 100);
  }
}

TEST_CASE("A side of a shape is one number, however many digits it has") {
  const test::ScratchFolder folder;
  const auto refusal_of = [&](const std::string& shape) {
    return refusal(
        folder.write("s.npy", with_header("{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }")));
  };
  CHECK_THAT(refusal_of("1234567890123456789, 2"), Catch::Contains("[1234567890123456789,2]"));
  for (const char* shape : {"12345678901234567890123, 2", "2 3", "2, x", "-1, 2", ",", "1, , 2"})
    CHECK_THAT(refusal_of(shape), Catch::Contains("shape is none"));
}

TEST_CASE("An array that was damaged anywhere is refused or read, and never crashes") {
  const test::ScratchFolder folder;
  const auto labels = folder.write("l.npy", npy_bytes({2}, std::vector<std::int32_t>{2, 0}));
  const std::string whole = npy_bytes({2, 2, 3}, values);
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    std::string bytes = whole;
    if (i % 3 == 0) bytes.resize(random() % bytes.size());
    for (auto change = random() % 4; change > 0 && !bytes.empty(); --change)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    try {
      const auto data = open_dataset(folder.write("d.npy", bytes), labels, 3);
      for (std::size_t k = 0; k < data->size(); ++k) data->load(k);
    } catch (const workloads::WorkloadError&) {
    }
  }
}
