// How an article falls apart into what the assistant can quote. A preview for the author: the
// server's own division decides, this one follows the same plain rules.

/** Words after which a full stop does not end a sentence. */
const abbreviations = /(?:^|[\s(«"])(?:т\. ?е|т\. ?к|т\. ?д|т\. ?п|др|пр|ул|д|кв|стр|корп|г|гг|им|руб|коп|мин|тел|см|Mr|Mrs|Dr|St|e\.g|i\.e|etc)\.$/iu;

function splitParagraph(paragraph: string): string[] {
  const sentences: string[] = [];
  let current = '';
  for (const piece of paragraph.split(/(?<=[.!?…]["»”)]?)\s+/u)) {
    current = current ? `${current} ${piece}` : piece;
    if (abbreviations.test(current) || /(?:^|\s)\p{Lu}\.$/u.test(current)) continue;
    sentences.push(current);
    current = '';
  }
  if (current) sentences.push(current);
  return sentences;
}

/** Paragraphs (parted by empty lines), each a list of sentences; a line of a list stands alone. */
export function paragraphsOf(text: string): string[][] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .flatMap(splitParagraph),
    )
    .filter((sentences) => sentences.length > 0);
}
