import type { ArticleSummary } from '@chatika/client';

const fold = (text: string) => text.toLocaleLowerCase('ru').replaceAll('ё', 'е');

/** Every word of the search must be in the title, in any order; «ё» is «е». */
export function filterArticles(articles: readonly ArticleSummary[], search: string, language: string): ArticleSummary[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return articles
    .filter((article) => language === '' || article.language === language)
    .filter((article) => {
      const title = fold(article.title);
      return words.every((word) => title.includes(word));
    })
    .sort((a, b) => a.title.localeCompare(b.title, 'ru'));
}
