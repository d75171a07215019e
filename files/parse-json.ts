const maximumDepth = 512;

/**
 * `JSON.parse` for texts of strangers: the parser takes 140 bytes for each level of nesting, so that 5 MB of brackets take
 * 700 MB, and whoever walks the result runs out of stack.
 * @param lookFromLength shorter texts are parsed without a look at each character, which a start has no time for
 * @throws SyntaxError where the text is not JSON, or nested more than 512 deep
 */
export function parseJson(text: string, lookFromLength = 0): unknown {
  if (text.length >= lookFromLength && !hasFewOpenings(text)) refuseDepth(text);
  return JSON.parse(text);
}

/** Whether there are too few brackets to be nested too deep: found without a look at each character in between. */
function hasFewOpenings(text: string): boolean {
  let count = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++count > maximumDepth) return false;
    }
  }
  return true;
}

function refuseDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === ']' || character === '}') depth--;
    else if ((character === '[' || character === '{') && ++depth > maximumDepth) {
      throw new SyntaxError(`it is nested more than ${maximumDepth} deep`);
    }
  }
}

/** Where the string that begins at `start` has its closing quote; the end of the text where it has none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
