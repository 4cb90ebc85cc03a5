// The pages of the customers' side that are written in: articles with their sections and gaps, and the looks of brands. Apart from the rest,
// as they are large.
export { Article } from './articles/Article.tsx'
export { Articles } from './articles/Articles.tsx'
export { Brand } from './brands/Brand.tsx'
export { Brands } from './brands/Brands.tsx'
export { Gaps } from './articles/Gaps.tsx'
export { Sections } from './articles/Sections.tsx'
