"""Patterns for the lines around an article that remain in a text copy of a page, one for each kind of line."""

from __future__ import annotations

import re

BOX = re.compile(
    r"\W*(?:"
    r"related(?: .{2,20})?|(?:other|recent|latest|popular|featured|similar|further|recommended) (?:articles?|stories"
    r"|news|content|topics|links|posts|reads?|reading|videos?|headlines)\b.{0,30}"
    r"|more (?:from|on|in|stories|news|posts|articles|like this|about|great|to (?:read|explore))\b.{0,50}"
    r"|(?:most|also) (?:read|popular|viewed|shared)(?: .{2,20})?|in case you missed it"
    r"|(?:read|up|watch|what to read) (?:next|this)(?: .{2,30})?|next up(?: .{2,30})?|trending(?: now)?"
    r"|top stories|latest(?: .{2,20})?|recommended(?: for you)?|editors?['’]s? picks?"
    r"|you (?:may|might) (?:also )?(?:like|be interested in|have missed).{0,20}|(?:don't|don’t) miss|(?:also )?in"
    r" (?:other|the) news|sponsored.{0,20}|from (?:around )?the web|around the web"
    r"|mehr zum thema|das könnte (?:sie|dich) auch interessieren|meistgelesen|(?:weitere|verwandte|ähnliche|aktuelle)"
    r" (?:artikel|meldungen|nachrichten|themen|beiträge)|lesen sie auch"
    r"|(?:noticias|artículos|notas|entradas) (?:relacionad[oa]s|recomendad[oa]s)|lo más (?:leído|visto)"
    r"|te puede interesar|más (?:noticias|leídas|sobre)\b.{0,30}"
    r"|(?:à lire|lire|voir|écouter) aussi|(?:sur le même sujet|les plus lus|articles? (?:liés?|similaires|associés)"
    r"|nos (?:derniers articles|recommandations)|à ne pas manquer)"
    r"|(?:leia|veja|saiba) (?:também|mais)|(?:notícias|artigos|matérias) relacionad[oa]s|(?:as )?mais lid[oa]s"
    r"|você pode gostar|últimas notícias"
    r"|関連(?:記事|ニュース|リンク)|おすすめ(?:記事)?|人気(?:記事|ランキング)|あわせて読みたい|こちらの記事も.{0,12}|アクセスランキング"
    r"|(?:相关|相關|延伸|推荐|推薦|热门|熱門)(?:阅读|閱讀|新闻|新聞|文章|报道|報導)|(?:更多|猜你喜欢).{0,8}"
    r"|(?:читайте|смотрите) (?:также|ещё|еще)|(?:новости|материалы|статьи) по теме"
    r"|самое (?:читаемое|популярное)|ещё по теме"
    r"|(?:مقالات|أخبار|مواضيع) ذات صلة|اقرأ (?:أيضا|أيضًا|المزيد)|الأكثر (?:قراءة|مشاهدة)"
    r")\W*",
    re.IGNORECASE,
)
"""Line that opens a box of other articles; the article may continue below."""

TAIL = re.compile(
    r"\W*(?:"
    r"(?:(?:\d+|no) )?(?:comments?|responses?|replies)(?: \(\d+\)| are closed.{0,90}| on .{5,150})?"
    r"|\d+ thoughts? on .{5,150}|(?:leave|add|post|write) a (?:comment|reply|response).{0,40}"
    r"|join the (?:conversation|discussion)|discussion about this post|reader interactions|.{2,40} says:"
    r"|newsletters?|about the authors?|the authors?|meet the authors?|a guest post by|author bio.{0,20}"
    r"|topics|tags|categories|(?:tags|filed under|tagged(?: with| in)?|categori[sz]ed)\s*:.{0,150}"
    r"|previous (?:article|post).{0,80}|next (?:article|post).{0,80}|post navigation"
    r"|(?:\d+ )?kommentare?|zur startseite|schlagwörter|schreib(?:e|en sie) einen kommentar.{0,30}|(?:über (?:den autor"
    r"|die autorin))"
    r"|(?:\d+ )?comentarios?|sobre (?:el autor|la autora|o autor|a autora)|etiquetas|deja (?:un"
    r" comentario|una respuesta)|deixe (?:um comentário|uma resposta)|vídeos mais vistos"
    r"|(?:\d+ )?commentaires?|à propos de l['’]auteure?|laisser un commentaire|mots[- ]clés|étiquettes"
    r"|コメント(?:する|を残す)?|この記事を書いた人|タグ\s*:.{0,60}|カテゴリー?|评论|評論|标签|作者简介"
    r"|комментарии(?: \(\d+\))?|оставить комментарий|теги|об авторе|التعليقات|اترك تعليقا?"
    r")\W*",
    re.IGNORECASE,
)
"""Line that opens a part of the page after the article, which does not continue below."""

LEGAL = re.compile(
    r"\W*(?:©|\(c\) ?(?:19|20)\d\d|copyright\b|all rights reserved|alle rechte vorbehalten|todos los derechos"
    r"|tous droits réservés|todos os direitos reservados|все права защищены|版权所有|جميع الحقوق محفوظة"
    r"|(?:terms of (?:use|service)|privacy policy|impressum|datenschutz|aviso legal|mentions légales)\b(?=.{0,60}$))",
    re.IGNORECASE,
)

CONTROL = re.compile(
    r"\W*(?:"
    r"share(?: (?:this|on|to|via|by|article|story)\b.{0,40})?|tweet"
    r"|e-?mail(?: this)?|print(?: this)?|save(?: article)?|copy link|link copied"
    r"|facebook|twitter|x|pocket|flipboard|whatsapp|linkedin|pinterest|reddit|telegram|instagram|youtube"
    r"|bluesky|mastodon"
    r"|(?:follow|like|find) us(?: on)?\b.{0,40}|advertisements?"
    r"|ad|story continues below.{0,20}|article continues.{0,30}"
    r"|skip to (?:main )?(?:content|navigation)|menu|search|log ?in"
    r"|sign (?:in|up|out)|register|subscribe(?: now| today)?"
    r"|\d*\s*shares?|repl(?:y|ies)|report(?: comment)?|log in to .{2,30}|follow|unfollow|key points|highlights"
    r"|close|open|play|pause|mute|listen(?: to (?:this )?article)?.{0,15}|watch(?: live| now)?|live|loading|gallery"
    r"|(?:\d+:)?\d{1,2}:\d\d(?: ?/ ?(?:\d+:)?\d{1,2}:\d\d)?"
    r"|\d+ ?min(?:ute)?s?(?: read)?|read(?:ing time)? ?:? ?\d+ min\w*"
    r"|(?:image|photo|slide) \d+ (?:of|/).{0,8}|(?:media |image )?captions?|image copyright.{0,40}|hide caption"
    r"|no,? thanks"
    r"|sharing is caring|older posts?|newer posts?|see all newsletters"
    r"|(?:the )?link (?:has been )?copied.{0,20}|get started"
    r"|back to top|top|home(?:page)?|read more|show more|load more|view all|see all|continue reading|click here.{0,40}"
    r"|accept(?: all)?(?: cookies)?|reject(?: all)?|manage (?:cookies|preferences)|cookie (?:policy|settings)|ok|donate"
    r"|teilen|drucken|merken|anzeige|werbung|anmelden|abonnieren|suche|menü|schließen|vorlesen|weiterlesen|startseite"
    r"|partager|imprimer|publicité|s['’]abonner|se connecter|je m['’]abonne|rechercher|accueil|lire la suite"
    r"|compartilhar|publicidade|assine|entrar|início|continua depois da publicidade|ouvir"
    r"|поделиться|реклама|войти|поиск|меню|главная|подписаться|スポンサー(?:ド)?リンク|広告|シェア(?:する)?|ホーム|メニュー|検索"
    r"|分享|广告|廣告|登录|登入|搜索|首页|首頁|菜单|مشاركة|إعلان|القائمة|الرئيسية|بحث"
    r"|compartir|imprimir|publicidad|iniciar sesión|suscríbe\w+|buscar|menú|cerrar|escuchar|inicio|leer más"
    r"|[a-z] ?[a-z]? ?a[+-]?|[‹›«»×✕…<>|/+–—=*.\s-]|_(?:[‹›«»×✕…<>|/+–—=*_.\s-]*_)?"
    r")\W*",
    re.IGNORECASE,
)
"""Buttons, players, advertisements, navigation links."""

APPEAL = re.compile(
    r"\b(?:(?:we|our partners|this (?:web)?site|diese (?:web)?seite|wir"
    r"|este sitio|ce site|nous|este site) (?:uses?|verwende[nt]|nutz(?:en|t)|usa|utiliza|utilise|utilisons)"
    r" (?:des )?cookies"
    r"|(?:sign(?:ing)? up|subscrib(?:e|ing)|register|join)\b.{0,60}\b(?:newsletter|inbox|e-?mail|briefing|free"
    r"|unlimited|alerts?|updates|forums?|magazine)"
    r"|(?:already a|become a|for) (?:subscriber|member)s?\b"
    r"|(?:enter|provide|with) your e-?mail|your e-?mail address|opt[- ]in|support (?:our|independent|quality)"
    r" journalism|(?:enable|turn on) javascript|unsubscribe at any time|thanks for (?:signing up|subscribing)"
    r"|(?:get|send you|receive) .{0,80}\b(?:in|to) your (?:inbox|e-?mail)|check your (?:inbox|e-?mail)"
    r"|as an amazon associate|affiliate (?:links?|commissions?)|follow (?:me|us|him|her|them) on\b"
    r"|reached at \S+@|(?:e-?mail|contact) .{2,40} at \S+@\S+|(?:have|got) a (?:news )?tip\?"
    r"|newsletter (?:abonnieren|bestellen)|abonnieren sie|suscríb[ae]\w* (?:a|al) "
    r"|abonnez-vous|inscrivez-vous à|assine (?:a|nossa|já)|inscreva-se|подпи(?:шитесь|сывайтесь) на)",
    re.IGNORECASE,
)
"""Sentences that ask the reader for something, and so look like prose."""
COOKIES = re.compile(
    r"\W*(?:we|our partners|(?:this|our) (?:web)?site|wir|diese (?:web)?seite|este sitio|ce site|nous|este site)\b"
    r".{0,40}\bcookies\b",
    re.IGNORECASE,
)
"""Beginning of a notice on cookies, of any length."""
LONGEST_APPEAL = 40
"""Words: a longer paragraph that mentions newsletters is part of the article."""

TEASER = re.compile(
    r"\W*(?:read(?: more| also| next)?|also read|see(?: also)?"
    r"|related(?: article| story)?|more(?: on this)?|watch|don['’]t miss"
    r"|lesen sie (?:auch|mehr)|mehr dazu|siehe auch|lea también"
    r"|le puede interesar|ver también|(?:à lire|lire|voir) aussi|leia (?:também|mais)|veja também|saiba mais"
    r"|читайте (?:также|ещё|еще))\s*[:|»›>–—]\s*(?P<headline>\S.+)",
    re.IGNORECASE,
)
"""Line within the text that leads to another article."""

CREDIT = re.compile(
    r"(?:for immediate release|(?:press|media|news) release|pressemitteilung|communiqué de presse|nota de prensa"
    r"|comunicado de (?:prensa|imprensa))|\(?(?:photo(?:graph)?s?|image|picture|illustration|credit|foto"
    r"|bild|video)(?: credits?| courtesy(?: of)?| by)?\s*[:©/].{2,80}"
    r"|(?:photo(?:graph)?|illustration|image) by .{2,60}"
    r"|.{2,60}\b(?:/|via )(?:ap|afp|getty(?: images)?|reuters|epa|dpa|efe)\W*",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r".+[.!?)\]”\s]\s*[\[(]?(?:(?:photo(?:graph)?|image|picture"
    r"|credit|foto|bild)\s*(?:credit|by)?\s*:|©)[^.]{2,60}\.?[\])]?"
    r"|.+[\[(](?:ap|afp|getty|reuters|epa|dpa|efe)\b[^()]*[\])]|media caption.+"
    r"|.+[\[(][^()]{2,50}(?:/|via )(?:ap|afp|getty(?: images)?|reuters|epa|dpa|efe)\b[^()]*[\])]",
    re.IGNORECASE,
)
"""Credit of a picture at the end of its caption."""
