package population

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"hejnal/workflow"
)

// copied is one copy of a sample: what its slots are filled with.
type copied struct {
	mould   *proposalMould
	days    int // by which everything happens later than in the sample
	seconds int // after ten o'clock
	title   string
	partner workflow.Partner
	number  string
	serial  int
	ids     []string
	persons []string
	digests []string
}

func (c *copied) append(text []byte, s slot, index int) []byte {
	switch s {
	case slotID:
		return append(text, c.ids[index]...)
	case slotPerson:
		return append(text, c.persons[index]...)
	case slotDay:
		return time.Unix(int64(index+c.days)*secondsOfDay, 0).UTC().AppendFormat(text, time.DateOnly)
	case slotClock:
		return append(text, 'T', '1', '0', ':', byte('0'+c.seconds/600), byte('0'+c.seconds/60%10), ':', byte('0'+c.seconds%60/10), byte('0'+c.seconds%10), 'Z')
	case slotTitle:
		return append(text, c.title...)
	case slotPartnerID:
		return append(text, c.partner.ID...)
	case slotPartnerName:
		return append(text, c.partner.Name...)
	case slotNativeName:
		return append(text, c.partner.NativeName...)
	case slotCountry:
		return append(text, c.partner.Country...)
	case slotContinent:
		return append(text, c.partner.Continent...)
	case slotNumber:
		return append(text, c.number...)
	case slotSerial:
		return strconv.AppendInt(text, int64(c.serial), 10)
	case slotDigest:
		return append(text, c.digests[index]...)
	case slotReference:
		return fmt.Appendf(text, "%d-%s", index, c.number)
	}
	panic("a slot that nothing fills")
}

// moment is when something of the sample happens in the copy, in microseconds since 1970.
func (c *copied) moment(at time.Time) int64 {
	return at.UnixMicro() + (int64(c.days)*secondsOfDay+int64(c.seconds))*1e6
}

// day is a day of the copy; "" and days out of reach stay.
func (c *copied) day(day string) string {
	date, err := time.Parse(time.DateOnly, day)
	if err != nil || day >= "9999" {
		return day
	}
	return date.AddDate(0, 0, c.days).Format(time.DateOnly)
}

// newID draws a UUIDv7 of the moment.
func newID(random *rand.Rand, micro int64) string {
	var raw [16]byte
	milli := uint64(micro / 1000)
	for i := range 6 {
		raw[i] = byte(milli >> (40 - 8*i))
	}
	low, high := random.Uint64(), random.Uint64()
	for i := range 8 {
		raw[8+i] = byte(low >> (8 * i))
	}
	raw[6], raw[7] = 0x70|byte(high)&0x0f, byte(high>>8)
	raw[8] = 0x80 | raw[8]&0x3f
	var text [36]byte
	hex.Encode(text[0:8], raw[0:4])
	hex.Encode(text[9:13], raw[4:6])
	hex.Encode(text[14:18], raw[6:8])
	hex.Encode(text[19:23], raw[8:10])
	hex.Encode(text[24:36], raw[10:16])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}

func newDigest(random *rand.Rand) string {
	var raw [32]byte
	for i := range 4 {
		part := random.Uint64()
		for j := range 8 {
			raw[8*i+j] = byte(part >> (8 * j))
		}
	}
	return hex.EncodeToString(raw[:])
}
