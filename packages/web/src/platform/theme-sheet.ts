import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core';
import { theme } from './theme.ts';

/** Dresses the page in the theme by a sheet of the script's own: the server forbids styles that stand inline. */
export function wearTheme(page: Document): void {
  const sheet = new CSSStyleSheet();
  const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  sheet.replaceSync(convertCssVariables(variables, ':root'));
  page.adoptedStyleSheets.push(sheet);
}
