import { BerReader, InvalidAsn1Error } from 'ldapts';

const plain = {
  text: BerReader.prototype.readString,
  sequence: BerReader.prototype.readSequence,
  length: BerReader.prototype.readLength,
};

/**
 * Makes the library refuse a part that is longer than what holds it. By itself it stays where it is and tries again, which keeps the
 * whole server busy for half a minute, or until the memory is full. Only the outermost part may be cut off: its rest is on its way.
 * Source: ITU-T X.690, clause 8.1.3.
 */
export function readStrictly(): void {
  const { prototype } = BerReader;
  prototype.readLength = function strict(this: BerReader, startOffset?: number) {
    const offset = plain.length.call(this, startOffset);
    // Four bytes of length make a negative number of it.
    if (this.length < 0) throw tooLong();
    return offset;
  };
  prototype.readSequence = function strict(this: BerReader, expectedTag?: number) {
    const isOutermost = this.offset === 0;
    const tag = plain.sequence.call(this, expectedTag);
    const isCutOff = tag === null ? this.remain > 0 : this.length > this.remain;
    if (isCutOff && !isOutermost) throw tooLong();
    return tag;
  };
  prototype.readString = function strict(this: BerReader, ...given: unknown[]) {
    const text = (plain.text as (...given: unknown[]) => never).apply(this, given);
    if (text === null) throw tooLong();
    return text;
  } as typeof plain.text;
}

const tooLong = (): Error =>
  new InvalidAsn1Error('the directory sent a part that is longer than what holds it');
