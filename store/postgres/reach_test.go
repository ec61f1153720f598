package postgres_test

import (
	"strings"
	"testing"

	"hejnal/store"
	"hejnal/store/postgres"
	"hejnal/tools/pgtest"
)

func TestAURLSaysHowManyConnectionsReadsHave(t *testing.T) {
	url := pgtest.Database(t)
	for _, test := range []struct {
		asks string
		want int
	}{{"", 8}, {"&pool_max_conns=1", 1}, {"&pool_max_conns=21", 21}} {
		s, err := postgres.Open(t.Context(), url+test.asks, postgres.Options{})
		if err != nil {
			t.Errorf("%s: %v", test.asks, err)
			continue
		}
		limits := map[string]int{}
		for _, pool := range s.Pools() {
			limits[pool.Name] = pool.Limit
		}
		if limits["read"] != test.want || limits["write"] != 1 {
			t.Errorf("%s: there may be %v connections", test.asks, limits)
		}
		if _, err := s.Commit(t.Context(), store.Change{}); err != nil {
			t.Errorf("%s: commit: %v", test.asks, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAURLWithoutAUsableNumberOfConnectionsIsRefused(t *testing.T) {
	const url = "postgres://hejnal:secret@first,second/hejnal?target_session_attrs=read-write"
	if config, err := postgres.ParseURL(url + "&pool_max_conns=20"); err != nil || config.RuntimeParams["pool_max_conns"] != "" || config.Database != "hejnal" {
		t.Errorf("the server is asked for %+v, %v", config, err)
	}
	for _, number := range []string{"many", "", "0", "-1", "2.5", "10001", "99999999999"} {
		_, err := postgres.ParseURL(url + "&pool_max_conns=" + number)
		if err == nil || !strings.Contains(err.Error(), "pool_max_conns is a number from 1 to") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", number, err)
		}
	}
}
