import { describe, expect, it } from 'vitest';
import { type LogFrame, logFrameReader } from '../../../src/services/lambda/environments/log-frames.ts';
import { lineSplitter, logTail } from '../../../src/services/lambda/environments/log-lines.ts';

function frame(type: number, text: string): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32BE(type, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

describe('the log channel', () => {
  it('hands out the same frames however their bytes are cut', () => {
    const bytes = Buffer.concat([
      frame(0xa55a0003, 'one\ntwo\n'),
      frame(0xa55a0100, 'ünfinished'),
      frame(0xa55a0101, '!'),
    ]);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const frames: [LogFrame['kind'], string][] = [];
      const reader = logFrameReader(({ kind, bytes }) => frames.push([kind, bytes.toString()]));
      reader.read(bytes.subarray(0, cut));
      reader.read(bytes.subarray(cut));
      expect(frames).toEqual([
        ['record', 'one\ntwo\n'],
        ['stdout', 'ünfinished'],
        ['stderr', '!'],
      ]);
      expect(reader.bytesRead()).toBe(bytes.length);
    }
  });

  it('counts complete frames only', () => {
    const reader = logFrameReader(() => {});
    const whole = frame(0xa55a0003, 'one');
    reader.read(Buffer.concat([whole, whole.subarray(0, 17)]));
    expect(reader.bytesRead()).toBe(whole.length);
  });
});

describe('lines of a stream', () => {
  it('are whole, and an unfinished one comes at the flush', () => {
    const lines: string[] = [];
    const splitter = lineSplitter((line) => lines.push(line));
    splitter.write(Buffer.from('a\nb'));
    splitter.write(Buffer.from('c\n\nd'));
    expect(lines).toEqual(['a', 'bc', '']);
    splitter.flush();
    splitter.flush();
    expect(lines).toEqual(['a', 'bc', '', 'd']);
  });
});

describe('the tail of a log', () => {
  it('is the last 4 KB, counted in bytes', () => {
    const tail = logTail();
    for (let i = 0; i < 3000; i += 1) tail.add(`läne ${i}`);
    expect(Buffer.byteLength(tail.text())).toBe(4096);
    expect(tail.text().endsWith('läne 2998\nläne 2999\n')).toBe(true);
  });

  it('is the whole log while that is short', () => {
    const tail = logTail();
    tail.add('one');
    tail.add('two');
    expect(tail.text()).toBe('one\ntwo\n');
  });
});
