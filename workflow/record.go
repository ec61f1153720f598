package workflow

import "cel.dev/cel-go/common/types/ref"

// recordable turns what an expression gave into what a record keeps: text, whole number, yes/no, or a list of texts.
func recordable(value any) any {
	switch v := value.(type) {
	case []ref.Val:
		texts := make([]string, 0, len(v))
		for _, item := range v {
			texts = append(texts, textValue(item))
		}
		return texts
	case []any:
		return recorded(v)
	}
	return value
}
