const home = 'http://vigie.invalid';

/**
 * The page on which somebody goes on after signing in: a path of Vigie, with its query. What leads elsewhere, to another site
 * or into the interface, becomes the first page.
 */
export function returnPathOf(wanted: string | undefined): string {
  if (!wanted?.startsWith('/') || wanted.length > 2000 || !URL.canParse(wanted, home)) return '/';
  const { origin, pathname, search } = new URL(wanted, home);
  // `//elsewhere` and `/\elsewhere` are other hosts; dots may bring a second slash to the front.
  if (origin !== home || pathname.startsWith('//') || pathname.startsWith('/api/')) return '/';
  return pathname + search;
}

/** The page with a word for it in its query. */
export function pathWith(path: string, name: string, value: string): string {
  const { pathname, searchParams } = new URL(path, home);
  searchParams.set(name, value);
  return `${pathname}?${searchParams}`;
}
