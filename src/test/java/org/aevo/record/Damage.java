package org.aevo.record;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What happens to files in the world: by bad copies, disks, file systems, tools and people. */
enum Damage {
    BYTE_LOST {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int at = random.nextInt(file.length);
            return splice(file, at, at + 1, new byte[0]);
        }
    },
    BYTE_GAINED {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int at = random.nextInt(file.length);
            return splice(file, at, at, new byte[] {(byte) random.nextInt(256)});
        }
    },
    BIT_FLIPPED {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            byte[] damaged = file.clone();
            damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            return damaged;
        }
    },
    RECORD_DROPPED {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int at = random.nextInt(records.size());
            return joined(file, records, i -> i == at ? List.of() : List.of(i));
        }
    },
    RECORD_DOUBLED {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int at = random.nextInt(records.size());
            return joined(file, records, i -> i == at ? List.of(i, i) : List.of(i));
        }
    },
    RECORDS_SWAPPED {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int a = random.nextInt(records.size());
            int b = random.nextInt(records.size());
            return joined(file, records, i -> List.of(i == a ? b : i == b ? a : i));
        }
    },
    BLOCK_LOST {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int block = block(random);
            int at = block * random.nextInt(1 + file.length / block);
            return splice(file, at, Math.min(file.length, at + block), new byte[0]);
        }
    },
    BLOCK_ZEROED {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int block = block(random);
            int at = block * random.nextInt(1 + file.length / block);
            byte[] damaged = file.clone();
            Arrays.fill(damaged, Math.min(at, file.length), Math.min(file.length, at + block), (byte) 0);
            return damaged;
        }
    },
    BLOCK_DOUBLED {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int block = block(random);
            int at = block * random.nextInt(1 + file.length / block);
            int end = Math.min(file.length, at + block);
            return splice(file, end, end, Arrays.copyOfRange(file, Math.min(at, end), end));
        }
    },
    TEXT_MODE {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int from = random.nextInt(file.length);
            boolean back = random.nextBoolean();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < file.length; i++) {
                boolean line = i >= from && file[i] == '\n';
                if (line && !back) {
                    out.write('\r');
                } else if (back && i >= from && i + 1 < file.length && file[i] == '\r' && file[i + 1] == '\n') {
                    continue;
                }
                out.write(file[i]);
            }
            return out.toByteArray();
        }
    },
    GARBAGE_BEHIND {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            byte[] garbage = new byte[1 + random.nextInt(600)];
            random.nextBytes(garbage);
            return splice(file, file.length, file.length, garbage);
        }
    },
    OTHERS_TAIL_BEHIND {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            int from = random.nextInt(other.length);
            int at = random.nextBoolean() ? file.length : random.nextInt(file.length);
            return splice(file, at, file.length, Arrays.copyOfRange(other, from, other.length));
        }
    },
    TRUNCATED {
        @Override
        byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random) {
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    };

    /**
     * @param records of the file, which follow its header
     * @param other journal
     */
    abstract byte[] to(byte[] file, List<byte[]> records, byte[] other, Random random);

    private interface Order {
        List<Integer> at(int record);
    }

    private static int block(Random random) {
        return random.nextBoolean() ? 512 : 4096;
    }

    private static byte[] splice(byte[] file, int from, int to, byte[] instead) {
        int start = Math.min(from, file.length);
        int end = Math.max(start, Math.min(to, file.length));
        byte[] out = Arrays.copyOf(file, file.length - (end - start) + instead.length);
        System.arraycopy(instead, 0, out, start, instead.length);
        System.arraycopy(file, end, out, start + instead.length, file.length - end);
        return out;
    }

    private static byte[] joined(byte[] file, List<byte[]> records, Order order) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, JournalFormat.HEADER_BYTES);
        for (int i = 0; i < records.size(); i++) {
            order.at(i).forEach(each -> out.writeBytes(records.get(each)));
        }
        return out.toByteArray();
    }
}
