/** Everything a page needs to look as it should: the fonts that are shipped, the tokens and the ground rules. */
import "@fontsource-variable/inter/opsz.css";
import "@fontsource-variable/noto-sans-sc/wght.css";
import "./base.css";
import "./tokens.css";
