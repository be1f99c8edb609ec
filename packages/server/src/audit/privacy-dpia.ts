import type { PrivacyDocument } from '@vigie/contracts/privacy';
import {
  blank,
  buildingsTable,
  keepingTable,
  list,
  measures,
  type PrivacyFacts,
  text,
} from './privacy-facts.ts';

/**
 * The impact assessment, to be completed. Source: GDPR, article 35, paragraph 7: description, necessity, risks, measures; CNIL, position
 * on cameras that count (July 2022): a live use needs a basis and an assessment of its own.
 */
export function dpiaSections(facts: PrivacyFacts): PrivacyDocument['sections'] {
  return [
    {
      title: '1. Le traitement',
      blocks: [
        text(
          `La commune de ${facts.town} compte les personnes présentes dans des pièces au moyen de caméras, afin de savoir lors d’une alarme où il faut chercher quelqu’un.`,
        ),
        buildingsTable(facts.buildings),
        text(
          'Une image est analysée en mémoire vive, réduite à un nombre et à des positions, puis oubliée. Une pièce que les caméras ne voient pas bien est dite inconnue, jamais vide.',
        ),
        text(
          facts.isDatabaseOwn
            ? 'La base de données se trouve sur le serveur de l’application.'
            : 'La base de données se trouve sur un serveur distinct.',
        ),
        blank('contexte : pourquoi la commune met ce traitement en place, depuis quand'),
        blank('sous-traitants : hébergement, maintenance, téléphonie ; contrats (article 28)'),
      ],
    },
    {
      title: '2. Nécessité et proportionnalité',
      blocks: [
        text(
          'Le registre des exercices d’évacuation est une obligation (Code du travail, article R4227-39) ; le comptage par caméra n’en est pas une.',
        ),
        blank('base légale retenue et pourquoi'),
        blank(
          'autres moyens examinés (rondes, badges, comptage aux portes) et pourquoi ils ne suffisent pas',
        ),
        blank(
          'pour chaque bâtiment : pourquoi l’usage réglé ci-dessus est le moins intrusif qui suffise',
        ),
        text(
          facts.filmFreeRooms.length > 0
            ? `Ne sont pas filmées : ${facts.filmFreeRooms.join(', ')}.`
            : 'Aucune pièce n’est exclue du champ des caméras par un réglage.',
        ),
        blank(
          'postes de travail, salles de repos, locaux syndicaux, sanitaires : vérifier qu’aucun n’est dans le champ',
        ),
        keepingTable(facts.keeping),
        text('Information : panneau à l’entrée (voir le texte du panneau) et registre.'),
        blank(
          'droit d’opposition : comment il s’exerce, ou l’acte qui l’écarte (articles 21 et 23)',
        ),
      ],
    },
    {
      title: '3. Risques pour les personnes',
      blocks: [
        {
          kind: 'table',
          columns: ['Événement redouté', 'Ce qui le limite', 'Gravité', 'Vraisemblance'],
          rows: [
            [
              'Accès illégitime aux images en direct',
              'flou par défaut ; droit et motif pour l’image nette ; fin automatique ; verrou de finalité ; journal',
              '[À COMPLÉTER]',
              '[À COMPLÉTER]',
            ],
            [
              'Surveillance des agents à leur poste',
              'aucun enregistrement ; verrou de finalité par bâtiment ; consultations inscrites au journal',
              '[À COMPLÉTER]',
              '[À COMPLÉTER]',
            ],
            [
              'Comptage faux : une pièce dite vide alors qu’il reste quelqu’un',
              'doute affiché comme inconnu ; ronde humaine ; caméra mesurée à sa mise en service',
              '[À COMPLÉTER]',
              '[À COMPLÉTER]',
            ],
            [
              'Modification ou perte du journal',
              'chaînage ; empreinte conservée ailleurs ; sauvegardes',
              '[À COMPLÉTER]',
              '[À COMPLÉTER]',
            ],
          ],
        },
        text(
          'Le système informe l’équipe d’évacuation et ne décide pas de l’envoi des secours ; les pièces sont rangées par fait constaté, jamais par un score (règlement (UE) 2024/1689, annexe III, point 5, d).',
        ),
        blank('sauvegardes : où, combien de temps, qui y accède'),
      ],
    },
    { title: '4. Mesures', blocks: [measures(facts)] },
    {
      title: '5. Avis et validation',
      blocks: [
        blank('avis du délégué à la protection des données, date'),
        blank('avis des personnes concernées ou de leurs représentants'),
        list(
          'Risque résiduel acceptable : [À COMPLÉTER : oui ou non]',
          'Si non : consultation préalable de la CNIL (RGPD, article 36)',
        ),
        blank('décision du responsable du traitement, date, signature'),
      ],
    },
  ];
}
