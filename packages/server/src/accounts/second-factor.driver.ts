import type { SecondFactorSetup } from '@vigie/contracts/own-account';
import qrcode from 'qrcode-generator';
import * as z from 'zod';

const Enabled = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });

/** What better-auth answers to `/two-factor/enable`, for the page: under the person's own name, and as a picture. */
export function setupOf(answer: unknown, username: string): SecondFactorSetup {
  const { totpURI, backupCodes } = Enabled.parse(answer);
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  const uri = `otpauth://totp/${encodeURIComponent(`Vigie:${username}`)}?${new URLSearchParams({
    secret,
    issuer: 'Vigie',
    digits: '6',
    period: '30',
  })}`;
  return { uri, secret, backupCodes, qr: pictureOf(uri) };
}

/** `data:image/svg+xml`, black on white also where the page is dark: cameras read no other. */
function pictureOf(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const svg = code.createSvgTag({ cellSize: 4, margin: 16, scalable: true });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
