// Which files are looked at here; the others are downloads.

export const PDF = 'application/pdf'

const raster = /^image\/(png|jpeg|gif|webp|avif)$/

export const isPicture = (type: string): boolean => raster.test(type)
export const isLookedAt = (type: string): boolean => type === PDF || isPicture(type)
