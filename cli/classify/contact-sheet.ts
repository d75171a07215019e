import { showName } from '../terminal/show-controls.ts';
import { escapeHtml, tag } from '../train/html.ts';
import type { FileResult } from './messages.ts';

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 90rem; padding: 0 1rem; }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem; list-style: none; padding: 0; }
li { border: 1px solid #8886; border-radius: 0.5rem; padding: 0.75rem; overflow-wrap: anywhere; }
img { display: block; width: 112px; height: 112px; object-fit: contain; margin-bottom: 0.5rem; }
strong { font-size: 1.2rem; }
small, p { display: block; margin: 0.25rem 0 0; }
`;

/** A page of photos, small, with their answers: one file that asks nothing of the web. */
export class ContactSheet {
  readonly #cards: string[] = [];
  readonly #top: number;

  /** @param top how many labels a photo shows at most */
  constructor(top: number) {
    this.#top = top;
  }

  add(result: FileResult): void {
    this.#cards.push(tag('li', 'error' in result ? describeFailure(result) : describePhoto(result, this.#top)));
  }

  write(): string {
    const count = `${this.#cards.length} ${this.#cards.length === 1 ? 'photo' : 'photos'}`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${count}, classified by lambda-lens</title>
<style>${style}</style>
</head>
<body>
<h1>${count}</h1>
<ul>
${this.#cards.join('\n')}
</ul>
</body>
</html>
`;
  }
}

function describePhoto({ file, answer, thumbnail }: Extract<FileResult, { answer: unknown }>, top: number): string {
  const [first, ...others] = answer.predictions.slice(0, top);
  const picture = thumbnail === undefined ? '' : `<img src="${escapeHtml(thumbnail)}" alt="" loading="lazy">`;
  const describe = ({ label, probability }: { readonly label: string; readonly probability: number }) =>
    `${text(label)} ${(probability * 100).toFixed(1)} %`;
  return [
    picture,
    ...(first === undefined ? [] : [tag('strong', describe(first))]),
    tag('p', answer.verdict),
    ...others.map((prediction) => tag('small', describe(prediction))),
    tag('small', text(file)),
  ].join('');
}

function describeFailure({ file, error }: Extract<FileResult, { error: unknown }>): string {
  return [tag('strong', 'No answer'), tag('p', text(`${error.message} ${error.hint}`)), tag('small', text(file))].join(
    '',
  );
}

function text(name: string): string {
  return escapeHtml(showName(name));
}
