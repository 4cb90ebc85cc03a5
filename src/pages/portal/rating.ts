export const ratingOn = async (..._: unknown[]): Promise<string> => ''
