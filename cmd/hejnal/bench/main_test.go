package bench_test

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

// TestMain lets the test's own file stand for the program: asked to serve, it says that it is ready and waits.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGTERM)
		fmt.Println("hejnal ready")
		<-stop
		return
	}
	goleak.VerifyTestMain(m)
}
