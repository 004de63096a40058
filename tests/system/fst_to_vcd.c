/* An FST file as VCD on standard output, by GTKWave's own reader. Usage: fst_to_vcd FILE.fst */
#include <fstapi.h>

int main(int argc, char* argv[]) {
  void* reader = argc == 2 ? fstReaderOpen(argv[1]) : NULL;
  if (reader == NULL) return 1;
  int read = fstReaderProcessHier(reader, stdout);
  fstReaderSetFacProcessMaskAll(reader);
  read = read && fstReaderIterBlocks(reader, NULL, NULL, stdout);
  fstReaderClose(reader);
  return read ? 0 : 1;
}
