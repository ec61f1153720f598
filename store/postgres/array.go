package postgres

import "encoding/binary"

// Object ids of the types that arrays hold.
const (
	bytesType  = 17
	numberType = 20
	textType   = 25
)

// array writes a one-dimensional array as PostgreSQL reads it in its binary format. It is used again for group after
// group, so that its memory is.
type array struct {
	kind  uint32
	raw   []byte
	count uint32
	nulls uint32 // 1 when there are any
}

// The head is: dimensions, whether there are nulls, the elements' type, length, lower bound. Without elements there is
// neither length nor bound.
const (
	headLength  = 20
	emptyLength = 12
)

func (a *array) reset(kind uint32) {
	var head [headLength]byte
	a.raw = append(a.raw[:0], head[:]...)
	a.kind, a.count, a.nulls = kind, 0, 0
}

func (a *array) text(value string) {
	a.raw = append(binary.BigEndian.AppendUint32(a.raw, uint32(len(value))), value...) //nolint:gosec // a value is far below 4 GiB
	a.count++
}

func (a *array) bytes(value []byte) {
	a.raw = append(binary.BigEndian.AppendUint32(a.raw, uint32(len(value))), value...) //nolint:gosec // a value is far below 4 GiB
	a.count++
}

func (a *array) number(value int64) {
	a.raw = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(a.raw, 8), uint64(value)) //nolint:gosec // two's complement
	a.count++
}

func (a *array) null() {
	a.raw = binary.BigEndian.AppendUint32(a.raw, 0xffffffff)
	a.count++
	a.nulls = 1
}

// parameter is the array in whole; it holds until the next reset.
func (a *array) parameter() []byte {
	head := a.raw[:headLength]
	binary.BigEndian.PutUint32(head[4:], a.nulls)
	binary.BigEndian.PutUint32(head[8:], a.kind)
	if a.count == 0 {
		binary.BigEndian.PutUint32(head, 0)
		return head[:emptyLength]
	}
	binary.BigEndian.PutUint32(head, 1)
	binary.BigEndian.PutUint32(head[12:], a.count)
	binary.BigEndian.PutUint32(head[16:], 1)
	return a.raw
}
