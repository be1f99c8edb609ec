/** An id that people can read, made of a name; `unique` keeps two of the same name apart. */
export function freshId(name: string, unique: string): string {
  const readable = name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48);
  return [readable, unique.slice(0, 8)].filter((part) => part !== '').join('-');
}
