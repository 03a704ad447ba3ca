/** Pictures as pages load them, made plain: one `img` for each. */
import { imageSource } from '#src/articles/photo-source.ts';
import { type HtmlElement, selectAll } from '#src/markup/html.ts';

/** Copies that sliders set before the first and after the last of their slides. */
const clones =
  '.slick-cloned, .swiper-slide-duplicate, .owl-item.cloned, .glide__slide--clone, .splide__slide--clone, .flickity-clone, .bx-clone, li.clone';

/** The body is changed: late pictures, AMP's, and sliders' copies. */
export function settlePictures(body: HtmlElement): void {
  for (const clone of selectAll(body, clones)) clone.remove();
  for (const late of selectAll(body, 'amp-img, amp-anim')) late.replaceWith(plainImage(late));
  for (const spare of selectAll(body, 'noscript')) {
    if (selectAll(spare, 'img').length === 0 || hasLatePicture(spare)) spare.remove();
    else spare.replaceWith(...spare.childNodes);
  }
}

function plainImage(late: HtmlElement): HtmlElement {
  const image = late.ownerDocument.createElement('img');
  for (const name of ['src', 'srcset', 'alt', 'width', 'height', 'class', 'title']) {
    const value = late.getAttribute(name);
    if (value !== null) image.setAttribute(name, value);
  }
  return image;
}

/** Pages that load pictures late keep a copy in `noscript`; the late one offers the larger files. */
function hasLatePicture(spare: HtmlElement): boolean {
  const beside = [spare.previousElementSibling, spare.nextElementSibling].filter((each) => each !== null);
  return beside
    .flatMap((each) => (each.localName === 'img' ? [each] : selectAll(each, 'img')))
    .some((image) => imageSource(image, null) !== null);
}
