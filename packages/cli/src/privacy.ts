import { markdownOf, PrivacyDocument, PrivacyDocumentKind } from '@vigie/contracts/privacy';
import { Argument, Command } from 'commander';
import { addLogin, type Login, signInAs } from './login.ts';

/** `vigie privacy dpia|register|sign`: the document in Markdown, from the settings of the running server. */
export const privacyCommand = (): Command =>
  addLogin(
    new Command('privacy')
      .description('Impact assessment, record of processing, sign: in French, from the settings')
      .addArgument(new Argument('<document>').choices(PrivacyDocumentKind.options)),
  ).action(async (kind: string, login: Login) => {
    const client = await signInAs(login);
    const document = await client.get(`/api/v1/privacy/${kind}`, PrivacyDocument);
    process.stdout.write(markdownOf(document));
  });
