"""Offices before names, and given names, in languages whose pipelines are seldom installed."""

from __future__ import annotations

from glossator.word_lists import word_lists

OFFICES = {
    "de": r"(?:\w*(?:kanzler|minister|präsident|sprecher|meister|direktor|professor|trainer|richter|forscher|"
    r"historiker)|Kanzler|Minister|Präsident|Sprecher|Direktor|Professor|Trainer|Richter|Historiker|Autor)(?:in)?|"
    r"Herrn?|Frau|Dr\.|Prof\.",
    "es": r"president[ea]|ministr[oa]|alcald(?:e|esa)|directora?|portavoz|senadora?|diputad[oa]|profesora?|doctora?|"
    r"escritora?|jueza?|fiscal|secretari[oa]|gobernadora?",
    "fr": r"présidente?|ministre|maire|direct(?:eur|rice)|porte-parole|sénat(?:eur|rice)|députée?|professeure?|"
    r"écrivaine?|juge|général|secrétaire|M\.|Mme",
    "ru": r"президент\w?|(?:премьер-)?министр\w?|губернатор\w?|мэр\w?|депутат\w?|директор\w?|режисс[её]р\w?|"
    r"писател[ьяю]|профессор\w?|генерал\w?|журналист\w{0,2}|тренер\w?|историк\w?",
    "tr": r"\w*[Bb]aşkanı|\w*[Bb]akanı|\w*[Mm]üdürü|[Ss]özcüsü|Prof\.|Dr\.|[Yy]azar|[Yy]önetmen|[Ss]ayın",
}
"""Words that stand before the name of a person, by language, as patterns."""

CHINESE_OFFICES = (
    "总统|主席|总理|部长|市长|省长|校长|院长|教授|导演|作家|记者|博士|经理|"
    "董事长|主任|书记|发言人|大使|馆长|船长|站长|会长|厨师|店主"
)
CHINESE_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "习"
)
NO_GIVEN = "说表在和与对于将是的指称也就已从向被因为会到出强调认访问等及则又再都还要曾宣谈发今昨明日上下介绍告诉有不了"
"""Characters that follow a name more often than they are part of one."""

ARABIC_GIVEN = frozenset(
    """محمد أحمد محمود علي حسن حسين عمر خالد يوسف إبراهيم مصطفى سعيد سامي فاطمة مريم ليلى سارة هدى زينب
    جمال كريم طارق ياسر وليد عادل ماجد فيصل سلمان رامي هشام عمرو""".split()
)

RUSSIAN_GIVEN = word_lists("annotate")["russian_given"]

NO_NAMES = frozenset(
    "Abu Ben Don Doña Dr Frau Herr Herrn Madame Mlle Mme Monsieur Nur Prof San Santa Sankt Señor Señora".split()
)
"""Words that stand before names, or are names elsewhere, and are taken for given names."""
