import type { PrivacyDocument } from '@vigie/contracts/privacy';
import { blank, list, type PrivacyFacts, text, useWords } from './privacy-facts.ts';

/** The text of the sign, one for each building with cameras. Source: GDPR, article 13. */
export function signSections({
  town,
  buildings,
  keeping,
}: PrivacyFacts): PrivacyDocument['sections'] {
  return buildings
    .filter(({ cameras }) => cameras > 0)
    .map(({ name, use }) => ({
      title: name,
      blocks: [
        text('Des caméras comptent ici les personnes, pour l’évacuation en cas d’alarme.'),
        list(
          'Aucune image n’est enregistrée. Aucun visage n’est reconnu.',
          `Usage : ${useWords[use]}.`,
          `Responsable : commune de ${town}.`,
          keeping.incidents === 0
            ? 'Les comptages d’un exercice ou d’un incident sont conservés sans limite réglée.'
            : `Les comptages d’un exercice ou d’un incident sont conservés ${keeping.incidents} jours.`,
        ),
        blank('base légale'),
        blank('contact du délégué à la protection des données : adresse, courriel, téléphone'),
        text(
          'Vous pouvez demander l’accès aux données qui vous concernent, leur rectification ou leur effacement, et saisir la CNIL (www.cnil.fr).',
        ),
        blank('référence de l’autorisation préfectorale, si le lieu est ouvert au public'),
      ],
    }));
}
