/**
 * Sources on their way to a parsing thread, in memory that both threads see: each is copied once, stays until it was
 * read, and leaves nothing to clear up. Reads and decides nothing.
 */

const blockBytes = 1_048_576;

export interface HeldSource {
  /** over a SharedArrayBuffer: posting it to a thread copies nothing */
  bytes: Uint8Array;
  /** Its room may be used again. To be called once. */
  release(): void;
}

export class SharedSources {
  #blocks: Block[] = [];

  /** Copies the source. */
  hold(source: Uint8Array): HeldSource {
    if (source.length > blockBytes) return new Block(source.length).hold(source);
    const fitting = this.#blocks.find((block) => block.fits(source.length));
    if (fitting !== undefined) return fitting.hold(source);
    const added = new Block(blockBytes);
    this.#blocks.push(added);
    return added.hold(source);
  }

  /** Lets go of all room; what is still held stays readable. */
  clear(): void {
    this.#blocks = [];
  }
}

/** Filled from the beginning to the end, and again once nothing in it is held. */
class Block {
  readonly #bytes: Uint8Array;
  #end = 0;
  #held = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(new SharedArrayBuffer(size));
  }

  fits(size: number): boolean {
    return this.#end + size <= this.#bytes.length;
  }

  hold(source: Uint8Array): HeldSource {
    const bytes = this.#bytes.subarray(this.#end, this.#end + source.length);
    bytes.set(source);
    this.#end += source.length;
    this.#held += 1;
    return { bytes, release: () => this.#release() };
  }

  #release(): void {
    this.#held -= 1;
    if (this.#held === 0) this.#end = 0;
  }
}
