// What every page shows of a brand: its logo or its name, the sheet with its colour, its foot.
import { escaped } from '#kit/escaped.ts'
import type { Brand } from '#setup/brand-store.ts'

/** A brand's logo as HTML; its name where it has none. */
export function logoHtml(brand: Brand | null, name: string): string {
  if (brand?.logoSha256 == null) return escaped(name)
  return `<img src="/forms/logo/${brand.id}?${brand.logoSha256.slice(0, 8)}" alt="${escaped(name)}">`
}

/** The sheet with a brand's colour; none where it has none. */
export function brandStyles(brand: Brand | null): string[] {
  return brand?.color == null ? [] : [`/forms/brand/${brand.id}.css?${brand.color.slice(1)}`]
}

/** The foot of a brand's pages; nothing where it says nothing there. */
export function brandFoot(brand: Brand | null): string {
  if (brand === null || (brand.footer === '' && brand.footerLinks.length === 0)) return ''
  const links = brand.footerLinks.map(({ label, url }) => `<a href="${escaped(url)}">${escaped(label)}</a>`)
  const text = brand.footer === '' ? '' : `<p>${escaped(brand.footer)}</p>`
  return `<footer class="brand">${text}${links.length === 0 ? '' : `<span>${links.join('')}</span>`}</footer>`
}
