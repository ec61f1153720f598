package listing

import (
	"math"

	"hejnal/store"
)

var noticeOrder = ordered{name: "notices", columns: []column{{"pos", integer}}, down: true}

// NoticesBefore reads a request for a page of notices: the position that they lie before, and how many they are at most.
func NoticesBefore(page store.PageRequest) (before int64, limit int, err error) {
	limit = bound(page.Limit)
	if page.Cursor == "" {
		return math.MaxInt64, limit, nil
	}
	values, err := decode(page.Cursor, noticeOrder.name, noticeOrder.columns)
	if err != nil {
		return 0, 0, err
	}
	before, _ = values[0].(int64)
	return before, limit, nil
}

// NoticePage makes the page of the notices that were read, which are one more than the limit where there is another page.
func NoticePage(notices []store.Notice, limit int) store.Page[store.Notice] {
	if len(notices) <= limit {
		return store.Page[store.Notice]{Items: notices}
	}
	notices = notices[:limit]
	return store.Page[store.Notice]{Items: notices, Next: encode(noticeOrder.name, noticeOrder.columns, []any{&notices[limit-1].Pos})}
}
