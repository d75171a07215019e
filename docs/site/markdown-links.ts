import { githubSlug } from './github-slug.ts';

const fence = /^ {0,3}(```|~~~)/;
const link = /(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g;

/** A link or a picture of a Markdown text. */
export interface MarkdownLink {
  readonly isPicture: boolean;
  readonly label: string;
  readonly target: string;
}

/** A Markdown text with each link replaced, blocks of code left as they are. */
export function replaceLinks(text: string, replace: (link: MarkdownLink, whole: string) => string): string {
  return mapProse(text, (prose) =>
    prose.replace(link, (whole, mark: string, label: string, target: string) =>
      replace({ isPicture: mark === '!', label, target }, whole),
    ),
  );
}

/** The anchors of its headings; one that comes again gets a number, as on GitHub. */
export function findAnchors(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const counts = new Map<string, number>();
  mapProse(text, (prose) => {
    for (const [, heading = ''] of prose.matchAll(/^#{1,6} +(.+?)(?: +#+)?$/gm)) {
      const slug = githubSlug(heading.replace(link, '$2').replace(/[`*]/g, ''));
      const count = counts.get(slug) ?? 0;
      counts.set(slug, count + 1);
      anchors.add(count === 0 ? slug : `${slug}-${count}`);
    }
    return prose;
  });
  return anchors;
}

/** Maps what stands between fenced blocks of code, each stretch as a whole: the words of a link may go over a line's end. */
function mapProse(text: string, map: (prose: string) => string): string {
  const blocks: { isCode: boolean; lines: string[] }[] = [{ isCode: false, lines: [] }];
  let opened: string | undefined;
  for (const line of text.split('\n')) {
    const [, mark] = fence.exec(line) ?? [];
    const isFence = mark !== undefined && (opened === undefined || opened === mark);
    const isCode = isFence || opened !== undefined;
    if (blocks.at(-1)?.isCode !== isCode) blocks.push({ isCode, lines: [] });
    blocks.at(-1)?.lines.push(line);
    if (isFence) opened = opened === undefined ? mark : undefined;
  }
  return blocks
    .filter(({ lines }) => lines.length > 0)
    .map(({ isCode, lines }) => (isCode ? lines.join('\n') : map(lines.join('\n'))))
    .join('\n');
}
