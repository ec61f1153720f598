package journeys_test

import (
	"testing"

	"go.uber.org/goleak"

	"hejnal/tools/browser"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(browser.Main(m)) }
