using Limpet.Cli.Commands;

using Interruption interruption = new();
return await DumpGuard.RunAsync(args, Console.Error, interruption)
    ?? await LimpetCommandLine.RunAsync(args, Console.Out, Console.Error, interruption);
