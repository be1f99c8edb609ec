import { Problem } from '@vigie/contracts/errors';
import { PrivacyDocument, PrivacyDocumentKind } from '@vigie/contracts/privacy';
import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Http } from '../platform/http.ts';
import { dpiaSections } from './privacy-dpia.ts';
import type { PrivacyFacts } from './privacy-facts.ts';
import { registerSections } from './privacy-register.ts';
import { signSections } from './privacy-sign.ts';

interface PrivacyDeps {
  facts: () => Promise<PrivacyFacts>;
  clock: Clock;
}

/** By kind. */
const made: Readonly<
  Record<
    PrivacyDocumentKind,
    {
      title: (town: string) => string;
      sections: (facts: PrivacyFacts) => PrivacyDocument['sections'];
    }
  >
> = {
  dpia: {
    title: (town) => `Analyse d’impact relative à la protection des données — ${town}`,
    sections: dpiaSections,
  },
  register: { title: (town) => `Registre des traitements — ${town}`, sections: registerSections },
  sign: { title: (town) => `Panneaux d’information — ${town}`, sections: signSections },
};

/** Documents for the data-protection officer, filled from the settings as they are. */
export function privacyRoutes(http: Http, { facts, clock }: PrivacyDeps): void {
  http.get(
    '/api/v1/privacy/:kind',
    {
      config: { access: 'audit.read', perMinute: 30 },
      schema: {
        tags: ['audit'],
        params: z.object({ kind: PrivacyDocumentKind }),
        response: { 200: PrivacyDocument, '4xx': Problem },
      },
    },
    async ({ params: { kind } }) => {
      const known = await facts();
      const { title, sections } = made[kind];
      const at = clock.now().toISOString();
      return { kind, at, title: title(known.town), sections: sections(known) };
    },
  );
}
