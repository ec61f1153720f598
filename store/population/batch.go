package population

import (
	"hejnal/store/internal/row"
)

// The tables that are filled, with the columns in the order of the rows.
const (
	tableCases = iota
	tableSearch
	tableTasks
	tableDocuments
	tableComments
	tableJournal
	tablePersonal
	tableHolders
	tableScopes
	tablePartners
	tablePartnersSearch
	tableSerials
	tables
)

// table is a table's name and columns.
type table struct {
	name    string
	columns []string
}

// batch is what is written at once: the rows of each table.
type batch struct {
	rows [tables][][]any
}

func (b *batch) add(table int, row ...any) { b.rows[table] = append(b.rows[table], row) }

// batchSize is how many proposals make a batch. Their entries take turns in the journal, as those of proposals that move
// at the same time do.
const batchSize = 500

// layer makes the rows of batches, one after the other.
type layer struct {
	dealer      *dealer
	pos, public int64
	scopes      map[string]int64
	written     int
}

// next makes the next batch; nil when there is none.
func (l *layer) next() *batch {
	var copies []*copied
	for len(copies) < batchSize {
		c := l.dealer.next()
		if c == nil {
			break
		}
		copies = append(copies, c)
	}
	if len(copies) == 0 {
		return nil
	}
	b := &batch{}
	for _, c := range copies {
		l.layCase(b, c)
	}
	for step, more := 0, true; more; step++ {
		more = false
		for _, c := range copies {
			if step < len(c.mould.entries) {
				l.layEntry(b, c, &c.mould.entries[step])
				more = true
			}
		}
	}
	l.written += len(copies)
	return b
}

func (l *layer) layCase(b *batch, c *copied) {
	m := c.mould
	id := c.id()
	numberKey, titleKey, search := c.heading()
	b.add(tableCases, id, m.row.Version, m.row.Form, m.row.State, m.row.Stage, c.partner.Country, c.partner.ID, numberKey, titleKey,
		c.moment(m.proposal.CreatedAt), c.moment(m.proposal.UpdatedAt), c.day(m.row.DeadlineOn), c.day(m.dueOn), m.open, m.body.text(c), search)
	b.add(tableSearch, id, search)
	for i := range m.tasks {
		t := &m.tasks[i]
		closed := int64(0)
		if t.row.ClosedAt != 0 {
			closed = t.row.ClosedAt + c.moment(m.first) - row.Micro(m.first)
		}
		b.add(tableTasks, t.id.text(c), id, t.row.Form, t.row.Role, t.row.State, t.row.Outcome, t.who.text(c),
			t.row.OpenedAt+c.moment(m.first)-row.Micro(m.first), closed, c.day(t.row.DueOn), t.row.Overdue, t.body.text(c))
	}
	for i := range m.documents {
		d := &m.documents[i]
		b.add(tableDocuments, d.id.text(c), id, d.sha256.text(c), d.body.text(c))
	}
	for i := range m.comments {
		remark := &m.comments[i]
		b.add(tableComments, remark.id.text(c), id, remark.by.text(c), remark.text, c.moment(remark.at))
	}
	for i := range m.scopes {
		scope := m.scopes[i].scope.text(c)
		l.scopes[scope] += m.scopes[i].writes
		for label := range m.scopes[i].labels {
			b.add(tableHolders, scope, label, id)
		}
	}
}

// id is the copy's id.
func (c *copied) id() string {
	for i, id := range c.mould.ids {
		if id == c.mould.proposal.ID {
			return c.ids[i]
		}
	}
	panic("a sample whose entries do not name it")
}

func (l *layer) layEntry(b *batch, c *copied, e *entryMould) {
	l.pos++
	var publicPos, publicID, publicSubject, publicText any
	if e.Public != nil {
		l.public++
		publicPos, publicID, publicSubject = l.public, e.publicID.text(c), e.publicSubject.text(c)
		publicText = e.publicText.fill(make([]byte, 0, e.publicText.size()), c)
	}
	text := e.text.fill(make([]byte, 0, e.text.size()), c)
	b.add(tableJournal, l.pos, publicPos, c.moment(e.at), e.id.text(c), e.Kind, e.proposal.text(c), e.Seq, e.cause.text(c), e.subject.text(c),
		text, row.Leaf(text), publicID, publicSubject, publicText)
	for _, p := range e.Personal {
		b.add(tablePersonal, l.pos, p.Pointer, p.Value, p.Salt)
	}
}

// layPartners makes the rows of the partners, which come first.
func (l *layer) layPartners() (*batch, error) {
	b := &batch{}
	for _, p := range l.dealer.partners {
		made, err := row.OfPartner(p)
		if err != nil {
			return nil, err
		}
		b.add(tablePartners, made.ID, made.Version, made.Fold, made.Country, made.Kind, made.NameKey, made.Body, made.Search)
		b.add(tablePartnersSearch, made.ID, made.Search)
	}
	return b, nil
}

// layShared makes the rows that the proposals share, which come last.
func (l *layer) layShared() *batch {
	b := &batch{}
	for scope, version := range l.scopes {
		b.add(tableScopes, scope, version)
	}
	if series := l.dealer.plan.Series; series != nil {
		for year, last := range l.dealer.serials {
			b.add(tableSerials, series(year), int64(last))
		}
	}
	return b
}
