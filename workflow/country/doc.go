// Package country knows the countries and territories of ISO 3166-1: their codes, their short names in Polish and in
// English, and the continent that the United Nations count each of them to.
//
// Polish names follow the official list of the Polish Commission on Standardization of Geographical Names, English ones
// the short names in common official use. Continents follow the UN standard M49: the Caucasus, Turkey and Cyprus lie in
// Asia, Russia in Europe. The City may say otherwise of a partner; that is the partner's own field.
package country
