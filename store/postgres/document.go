package postgres

// document is a change as the function commit_group reads it. Byte strings stand in an array beside it, and here their
// places in that array, from 1.
type document struct {
	At            int64             `json:"at"`
	Key           *keyRow           `json:"key,omitempty"`
	Partners      []partnerRow      `json:"partners,omitempty"`
	People        []personRow       `json:"people,omitempty"`
	Cases         []caseRow         `json:"cases,omitempty"`
	Tasks         []taskRow         `json:"tasks,omitempty"`
	Documents     []documentRow     `json:"documents,omitempty"`
	Comments      []commentRow      `json:"comments,omitempty"`
	Scopes        []scopeRow        `json:"scopes,omitempty"`
	Holds         []holdRow         `json:"holds,omitempty"`
	Tokens        []tokenRow        `json:"tokens,omitempty"`
	Subscribers   []subscriberRow   `json:"subscribers,omitempty"`
	Substitutions []substitutionRow `json:"substitutions,omitempty"`
	Entries       []entryRow        `json:"entries,omitempty"`
}

type keyRow struct {
	Person   string `json:"person"`
	Method   string `json:"method"`
	Path     string `json:"path"`
	Key      string `json:"key"`
	BodyHash string `json:"body_hash"`
	Status   int    `json:"status"`
	Location string `json:"location"`
	ETag     string `json:"etag"`
	Body     int    `json:"body"`
}

type partnerRow struct {
	Expect  int64  `json:"expect"`
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Fold    string `json:"fold"`
	Country string `json:"country"`
	Kind    string `json:"kind"`
	NameKey int    `json:"name_key"`
	Search  string `json:"search"`
	Body    string `json:"body"`
}

type personRow struct {
	Expect       int64  `json:"expect"`
	ID           string `json:"id"`
	Name         string `json:"name"`
	FullName     string `json:"full_name"`
	Roles        string `json:"roles"`
	PasswordHash string `json:"password_hash"`
	MustChange   bool   `json:"must_change"`
	Disabled     bool   `json:"disabled"`
	Version      int64  `json:"version"`
	CreatedAt    int64  `json:"created_at"`
}

type caseRow struct {
	Expect     int64  `json:"expect"`
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	Form       string `json:"form"`
	State      string `json:"state"`
	Stage      string `json:"stage"`
	Country    string `json:"country"`
	PartnerID  string `json:"partner_id"`
	NumberKey  string `json:"number_key"`
	TitleKey   int    `json:"title_key"`
	Search     string `json:"search"`
	CreatedAt  int64  `json:"created_at"`
	UpdatedAt  int64  `json:"updated_at"`
	DeadlineOn string `json:"deadline_on"`
	Body       string `json:"body"`
}

type taskRow struct {
	Act            string `json:"act"`
	ExpectAssignee string `json:"expect_assignee"`
	ID             string `json:"id"`
	ProposalID     string `json:"proposal_id"`
	Form           string `json:"form"`
	Role           string `json:"role"`
	State          string `json:"state"`
	Outcome        string `json:"outcome"`
	Assignee       string `json:"assignee"`
	OpenedAt       int64  `json:"opened_at"`
	ClosedAt       int64  `json:"closed_at"`
	DueOn          string `json:"due_on"`
	Overdue        bool   `json:"overdue"`
	Body           string `json:"body"`
}

type documentRow struct {
	ID         string `json:"id"`
	ProposalID string `json:"proposal_id"`
	SHA256     string `json:"sha256"`
	Body       string `json:"body"`
}

type commentRow struct {
	ID         string `json:"id"`
	ProposalID string `json:"proposal_id"`
	Author     string `json:"author"`
	Text       string `json:"text"`
	At         int64  `json:"at"`
}

type scopeRow struct {
	Scope   string `json:"scope"`
	Version int64  `json:"version"`
}

type holdRow struct {
	Scope      string `json:"scope"`
	Label      string `json:"label"`
	ProposalID string `json:"proposal_id"`
	Release    bool   `json:"release"`
}

type tokenRow struct {
	ID        string `json:"id"`
	PersonID  string `json:"person_id"`
	Hash      string `json:"hash"`
	CreatedAt int64  `json:"created_at"`
	ExpiresAt int64  `json:"expires_at"`
}

type subscriberRow struct {
	Replace      bool   `json:"replace"`
	Name         string `json:"name"`
	PasswordHash string `json:"password_hash"`
	Allow        string `json:"allow"`
	Disabled     bool   `json:"disabled"`
	CreatedAt    int64  `json:"created_at"`
}

type substitutionRow struct {
	Ends       bool   `json:"ends"`
	ID         string `json:"id"`
	Absent     string `json:"absent"`
	Substitute string `json:"substitute"`
	FromDay    string `json:"from_day"`
	UntilDay   string `json:"until_day"`
	Roles      string `json:"roles"`
	Reason     string `json:"reason"`
	SetBy      string `json:"set_by"`
	CreatedAt  int64  `json:"created_at"`
	EndedAt    int64  `json:"ended_at"`
}

type entryRow struct {
	ID         string        `json:"id"`
	Kind       string        `json:"kind"`
	ProposalID string        `json:"proposal_id"`
	Seq        int64         `json:"seq"`
	Cause      string        `json:"cause"`
	Subject    string        `json:"subject"`
	Text       int           `json:"text"`
	Personal   []personalRow `json:"personal,omitempty"`
	// Only of a public entry:
	PublicID      string `json:"public_id,omitempty"`
	PublicSubject string `json:"public_subject,omitempty"`
	Public        int    `json:"public,omitempty"`
}

type personalRow struct {
	Pointer string `json:"pointer"`
	Value   int    `json:"value"`
	Salt    int    `json:"salt"`
}
