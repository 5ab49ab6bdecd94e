"""The note on the painter's palette, as it was saved five times."""

PALETTES = (
    """# Palette

Six tubes, pas un de plus : blanc de titane, ocre jaune, terre de Sienne brûlée, terre d’ombre, \
outremer, rouge de cadmium.

Le noir reste dans la boîte. Les gris se font avec l’outremer et la terre d’ombre.

Médium : un tiers d’huile de lin, deux tiers d’essence. Les premières couches doivent sécher vite.
""",
    """# Palette

Sept tubes, le citron a gagné : blanc de titane, ocre jaune, jaune de cadmium citron, terre de \
Sienne brûlée, terre d’ombre, outremer, rouge de cadmium.

Le noir reste dans la boîte. Les gris se font avec l’outremer et la terre d’ombre.

Médium : un tiers d’huile de lin, deux tiers d’essence. Les premières couches doivent sécher vite.
""",
    """# Palette

Sept tubes, le citron a gagné : blanc de titane, ocre jaune, jaune de cadmium citron, terre de \
Sienne brûlée, terre d’ombre, outremer, rouge de cadmium.

Le noir reste dans la boîte. Les gris se font avec l’outremer et la terre d’ombre : plus \
d’outremer côté fenêtre, plus d’ombre côté porte. La tasse blanche n’a pas de blanc, sauf à la \
lèvre.

Médium : moitié huile de lin, moitié essence. Gras sur maigre, comme tout le monde.
""",
    """# Palette

Huit tubes : blanc de titane, ocre jaune, jaune de cadmium citron, terre de Sienne brûlée, terre \
d’ombre, terre verte, outremer, rouge de cadmium.

Le noir reste dans la boîte. Les gris se font avec l’outremer et la terre d’ombre : plus \
d’outremer côté fenêtre, plus d’ombre côté porte. La tasse blanche n’a pas de blanc, sauf à la \
lèvre.

Le mur : terre verte, blanc, une pointe du gris de la tasse, pour qu’ils se connaissent. Le \
torchon : outremer cassé à l’ocre, jamais pur.

Médium : moitié huile de lin, moitié essence. Gras sur maigre, comme tout le monde.
""",
    """# Palette

Neuf tubes, et c’est fini : blanc de titane, ocre jaune, jaune de cadmium citron, terre de Sienne \
brûlée, terre d’ombre, terre verte, outremer, rouge de cadmium, laque de garance.

Le noir reste dans la boîte. Les gris se font avec l’outremer et la terre d’ombre : plus \
d’outremer côté fenêtre, plus d’ombre côté porte. La tasse blanche n’a pas de blanc, sauf à la \
lèvre et sur l’anse.

Le mur : terre verte, blanc, une pointe du gris de la tasse, pour qu’ils se connaissent. Le \
torchon : outremer cassé à l’ocre, jamais pur.

Glacis : la terre verte dans les ombres du bois, la garance sur le rouge. Très peu, au chiffon, \
et on attend trois jours avant d’y retoucher.

Médium : deux tiers d’huile de lin, un tiers d’essence.
""",
)
