"""What the painter told while she painted: eight mornings, in her own words."""

from coulisses.examples.steps import Moment, Morning, Note, State

TITLE = "Le café refroidit"
LINE = (
    "Une tasse, une soucoupe rouge et un citron, peints le matin avant que la lumière tourne. "
    "Le café, lui, est froid depuis la première séance."
)
CRAFT = "huile sur toile"
LANGUAGE = "fr"
PAINTER = "Maud Kerbrec"
STUDIO = "Atelier Kerbrec"

MORNINGS = (
    Morning(
        34,
        "Quatre objets, huit ellipses, une gomme",
        (
            State("08:24"),
            Moment(
                "08:31",
                "note",
                "Ce qu’il y a sur la table",
                "Une tasse de bistrot, une soucoupe rouge qui n’est pas la sienne, un citron, une "
                "cuillère de cantine où l’on lit *INOX 18/10* à l’envers.\n\n"
                "La lumière arrive à huit heures dix par la fenêtre de la cuisine et s’en va à "
                "onze heures moins vingt, derrière la cheminée des voisins. Je peins entre les "
                "deux. Le café, je l’ai fait pour de vrai ; je ne le boirai pas.",
                is_pinned=True,
            ),
            State("08:58"),
            Moment(
                "09:20",
                "doubt",
                "L’anse est juste et la tasse est fausse",
                "Gommée trois fois. Quand je mesure, tout tombe bien ; quand je recule, la tasse "
                "penche vers le frigo.\n\n"
                "Je demande des **yeux** : est-ce l’anse, ou l’ellipse du haut qui n’est pas assez "
                "ouverte ?",
            ),
            State("09:41"),
            State("10:06"),
            Note("10:12"),
        ),
    ),
    Morning(
        30,
        "On salit tout, puis on retire la lumière au chiffon",
        (
            State("08:22"),
            State("08:49"),
            State("09:15"),
            Moment(
                "09:27",
                "progress",
                "Enlever, c’est déjà peindre",
                "Terre de Sienne très diluée partout, les ombres à la terre d’ombre, puis un "
                "chiffon autour de l’index, et on reprend les clairs. C’est l’heure la plus facile "
                "d’un tableau : on n’ajoute rien, et ça ressemble.",
            ),
            State("10:02"),
        ),
    ),
    Morning(
        26,
        "Cinq aplats, dont un qui crie",
        (
            State("08:11"),
            State("08:37"),
            State("09:02"),
            Moment(
                "09:10",
                "doubt",
                "Le rouge est entré sans frapper",
                "Cadmium pur sur toute la soucoupe, pour poser le ton. Depuis, la tasse a l’air "
                "d’une excuse.\n\n"
                "On m’a appris à baisser le rouge ; j’ai envie de monter tout le reste. Je demande "
                "du **courage**.",
                is_pinned=True,
                shows=11,
            ),
            State("09:44"),
            State("10:15"),
            Moment(
                "10:21",
                "note",
                "Deuxième citron",
                "Celui du dessin était vert d’un côté, celui d’aujourd’hui est jaune et mou : "
                "c’est le même. J’en ai acheté un autre, ciré, parfait, idiot. Il brille comme une "
                "ampoule. J’ai gardé l’ancien pour le modelé et le nouveau pour la couleur.",
            ),
            Note("10:33"),
        ),
    ),
    Morning(
        22,
        "De quelle couleur est une tasse blanche ?",
        (
            State("08:34"),
            State("09:05"),
            State("09:38"),
            Moment(
                "09:46",
                "question",
                "Vous mettez du noir dans vos gris ?",
                "J’ai compté sept gris dans cette tasse et pas une touche de blanc. Le bleu vient "
                "de la fenêtre, le rose vient de la soucoupe, le reste vient de moi.\n\n"
                "Je les fais à l’outremer et à la terre d’ombre, par principe. Quelqu’un travaille "
                "au noir d’ivoire sans que ça tourne à la suie ?",
            ),
            State("10:12"),
            Note("10:20"),
            State("10:55"),
            Moment(
                "11:02",
                "milestone",
                "Plus un centimètre de toile nue",
                "Tout est couvert. À partir d’ici, chaque touche en cache une autre, et il faut "
                "qu’elle soit meilleure.",
            ),
            Moment(
                "11:20",
                "doubt",
                "Bois chaud, mur chaud, rouge, jaune",
                "De loin, on dirait une réclame pour du beurre. Il manque un froid quelque part, "
                "et je ne veux pas d’un objet bleu posé là comme un alibi.\n\n"
                "Je demande **conseil**.",
            ),
        ),
    ),
    Morning(
        18,
        "Trois heures dans une cuillère",
        (
            State("08:26"),
            Moment(
                "08:40",
                "progress",
                "Toute la cuisine tient dedans",
                "La fenêtre et sa croisée, la soucoupe, le citron tête en bas, et moi, grosse "
                "comme une lentille, avec mon pinceau. Je vais tout mettre.",
            ),
            State("09:33"),
            State("10:27"),
            State("11:18"),
            State("11:31"),
            Moment(
                "11:36",
                "failure",
                "Trois heures de reflet, dix secondes de chiffon",
                "À neuf heures, c’était une cuillère. À onze, une boule à facettes.\n\n"
                "J’ai peint ce que je savais (une fenêtre, une soucoupe, un citron) au lieu de ce "
                "que je voyais : une tache claire, une tache sombre, un bord net. Essuyé à "
                "l’essence. La traînée grise qui reste est ce que j’ai fait de mieux ce matin.",
                is_pinned=True,
                shows=22,
            ),
            Moment(
                "11:48",
                "note",
                "Le chiffon est punaisé au mur",
                "Il a plus de couleurs que la toile.",
            ),
        ),
    ),
    Morning(
        15,
        "Le froid pendait à la poignée du four",
        (
            State("08:47"),
            State("09:16"),
            Moment(
                "09:24",
                "breakthrough",
                "Le torchon",
                "Je voulais essuyer la table. J’ai jeté le torchon à gauche, et je me suis "
                "arrêtée.\n\n"
                "Bleu passé, deux raies, usé juste ce qu’il faut : le froid que je cherchais "
                "depuis une semaine. Alors tout bouge. Le citron change de côté et se couche "
                "dessus, et le mur quitte l’ocre pour le gris-vert. Je n’ai pas réfléchi, j’ai "
                "poussé les choses.",
                is_pinned=True,
                shows=25,
            ),
            State("09:58"),
            Moment(
                "10:05",
                "doubt",
                "J’ai effacé un citron que j’aimais",
                "Il était bien peint. Il était au mauvais endroit. Je ne demande rien ; je le dis "
                "à quelqu’un, c’est tout.",
            ),
            State("10:31"),
            State("10:58"),
            Note("11:05"),
            State("11:29"),
            Moment(
                "11:36",
                "progress",
                "Neuf quartiers",
                "Un demi-citron, coupé hier soir pour un mal de gorge et resté là, tourné vers la "
                "fenêtre. J’ai compté les quartiers deux fois. Il y en a neuf, j’en ai peint neuf, "
                "et je défie quiconque de le remarquer.",
            ),
            State("12:04"),
        ),
    ),
    Morning(
        6,
        "Quatre touches pour la cuillère, et la lumière s’en va",
        (
            State("08:09"),
            Moment(
                "08:15",
                "progress",
                "La cuillère en quatre touches",
                "Un gris, un clair, un rouge sous le bord, un blanc. Cinq minutes. Il a fallu "
                "trois heures, l’autre jeudi, pour les trouver.",
                is_pinned=True,
                shows=31,
            ),
            State("08:38"),
            State("09:04"),
            Note("09:10"),
            State("09:29"),
            Moment(
                "09:37",
                "question",
                "Une garance sur un cadmium, dans dix ans ?",
                "Je viens de passer un voile de laque sur la soucoupe. Le rouge a cessé de crier : "
                "il parle, maintenant. On me dit que la garance passe à la lumière. Qui en a une "
                "vieille chez soi, et de quelle couleur est-elle ?",
            ),
            State("09:52"),
            State("10:08"),
            State("10:22"),
            State("10:39"),
            Moment(
                "10:46",
                "note",
                "Onze heures moins vingt",
                "La lumière est partie pendant que je posais le dernier blanc, sur la lèvre de la "
                "tasse. Je l’ai mis de mémoire. Je vérifierai dimanche.",
            ),
        ),
    ),
    Morning(
        1,
        "Un nom, du vernis, une gorgée",
        (
            State("09:12"),
            Moment(
                "09:18",
                "note",
                "Vérifié",
                "Le blanc était au bon endroit. Troisième citron, pour la forme : il ne servait "
                "plus à rien, je l’ai mangé avec du sucre.",
            ),
            State("09:50"),
            Moment(
                "10:05",
                "milestone",
                "Fini, c’est-à-dire que j’arrête",
                "Signé dans le bois, en bas à droite, avec un pinceau trop gros. Vernis à "
                "retoucher seulement : le vrai attendra six mois, l’huile n’est sèche qu’en "
                "surface.\n\n"
                "Quarante états, un chiffon, trois citrons. J’ai bu le café. Il était froid.",
                shows=40,
            ),
        ),
    ),
)
