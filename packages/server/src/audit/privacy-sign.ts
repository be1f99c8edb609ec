import type { PrivacyDocument } from '@vigie/contracts/privacy';
import { blank, list, type PrivacyFacts, text, useWords } from './privacy-facts.ts';

type Sections = PrivacyDocument['sections'];

/** The text of the signs, one for each building with cameras and one for the street. Source: GDPR, article 13. */
export const signSections = (facts: PrivacyFacts): Sections => [
  ...buildingSigns(facts),
  ...(facts.parkingCameras > 0 ? [streetSign(facts)] : []),
];

const buildingSigns = ({ town, buildings, keeping }: PrivacyFacts): Sections =>
  buildings
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
        ...rights,
        blank('référence de l’autorisation préfectorale, si le lieu est ouvert au public'),
      ],
    }));

const streetSign = ({ town, keeping }: PrivacyFacts): Sections[number] => ({
  title: 'Places de stationnement',
  blocks: [
    text('Des caméras regardent ici si une place est occupée, pour la durée du stationnement.'),
    list(
      'Aucune image n’est enregistrée. Aucune plaque n’est lue, aucun visage n’est reconnu.',
      `Responsable : commune de ${town}.`,
      keeping.stays === 0
        ? 'Les durées sont conservées sans limite réglée, sans véhicule ni personne.'
        : `Les durées sont conservées ${keeping.stays} jours, sans véhicule ni personne.`,
    ),
    ...rights,
    blank('référence de l’autorisation préfectorale de filmer la voie publique'),
  ],
});

const rights = [
  blank('base légale'),
  blank('contact du délégué à la protection des données : adresse, courriel, téléphone'),
  text(
    'Vous pouvez demander l’accès aux données qui vous concernent, leur rectification ou leur effacement, et saisir la CNIL (www.cnil.fr).',
  ),
];
