// Package deploy checks the files of the folder deploy as far as they can be checked without an engine to run them: Kubernetes
// manifests and the compose file are decoded strictly into their own types, and what refers to something refers to something
// that is there. It is a module of its own, so that the program does not grow by Kubernetes' types.
package deploy
