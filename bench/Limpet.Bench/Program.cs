return Limpet.Bench.BenchCommandLine.Run(args);
