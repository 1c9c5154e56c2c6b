using Limpet.Cli.Commands;

using Interruption interruption = new();
return await LimpetCommandLine.RunAsync(args, Console.Out, Console.Error, interruption);
