package fleet

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
)

// freePort finds a port of loopback that nobody listens on, below those that are lent to clients, so that it is still free
// when a process comes back to it.
func freePort(ctx context.Context, random *rand.Rand) (int, error) {
	for range 200 {
		port := 20000 + random.IntN(12000)
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address(port))
		if err != nil {
			continue
		}
		if err := listener.Close(); err != nil {
			return 0, fmt.Errorf("try port %d: %w", port, err)
		}
		return port, nil
	}
	return 0, errors.New("no port from 20000 to 32000 is free")
}

func freePorts(ctx context.Context, random *rand.Rand, n int) ([]int, error) {
	var ports []int
	for taken := map[int]bool{}; len(ports) < n; {
		port, err := freePort(ctx, random)
		if err != nil {
			return nil, err
		}
		if !taken[port] {
			taken[port], ports = true, append(ports, port)
		}
	}
	return ports, nil
}

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
