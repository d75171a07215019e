/** Writes entropy-coded data: bits from the highest down, a zero byte stuffed behind each 0xFF. */
export class BitWriter {
  readonly bytes: number[] = [];
  #pending = 0;
  #count = 0;

  write(value: number, length: number): void {
    for (let shift = length - 1; shift >= 0; shift--) {
      this.#pending = (this.#pending << 1) | ((value >> shift) & 1);
      this.#count += 1;
      if (this.#count === 8) this.#emit();
    }
  }

  /** Fills the last byte with ones, as encoders do. */
  flush(): void {
    while (this.#count !== 0) this.write(1, 1);
  }

  marker(code: number): void {
    this.flush();
    this.bytes.push(0xff, code);
  }

  #emit(): void {
    this.bytes.push(this.#pending);
    if (this.#pending === 0xff) this.bytes.push(0);
    this.#pending = 0;
    this.#count = 0;
  }
}
