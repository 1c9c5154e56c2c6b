using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Limpet.Cli.Hunting.Options;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>The whole command line: which commands there are, and what becomes of their errors.</summary>
internal static class LimpetCommandLine
{
    private const string Description = """
        Limpet finds what clings: whether a .NET program leaks, and what holds the leaked objects.

        Examples:
          limpet hunt hunt.json
          limpet watch --preset integration-tests --mark pytest -- python3 -m pytest -v
          limpet ps
          limpet snapshot 4242 -o shop.limpet
          limpet inspect shop.limpet
          limpet why shop.limpet Shop.OrderView
        """;

    /// <summary>Runs a line and returns its exit code. Whatever goes wrong is one message on <paramref name="error"/>.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Interruption interruption)
    {
        try
        {
            Command root = Create(interruption);
            ParseResult line = root.Parse(args.Length == 0 ? ["--help"] : args);
            if (line.Action is not (HelpAction or VersionAction) && line.Errors.Count > 0)
            {
                throw new LimpetException(Describe(line));
            }

            InvocationConfiguration configuration = new()
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            int code = await line.InvokeAsync(configuration, interruption.Token);
            return args.Length == 0 ? ExitCode.BadInput : code;
        }
        catch (LimpetException exception)
        {
            await error.WriteLineAsync($"limpet: {exception.Message}");
            return ExitCode.Of(exception.Trouble);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } code)
        {
            await error.WriteLineAsync("limpet: interrupted.");
            return code;
        }
        catch (IOException exception)
        {
            await error.WriteLineAsync($"limpet: the system refuses to read or write: {Escaping.Show(exception.Message)}");
            return ExitCode.Refused;
        }
        catch (Exception exception)
        {
            await error.WriteLineAsync(
                $"Limpet has a bug: {exception.GetType().Name}: {Escaping.Show(exception.Message)}"
                + (args.Contains("--verbose") ? Environment.NewLine + exception.StackTrace : " Run it again with --verbose and report what it prints."));
            return ExitCode.Bug;
        }
    }

    private static Command Create(Interruption interruption)
    {
        // No RootCommand: its name is that of the file that runs, and not the one that people type.
        Command root = new("limpet", Description)
        {
            new HelpOption { Recursive = true },
            new VersionOption { Action = new VersionAction() },
            HuntCommand.Create(),
            WatchCommand.Create(interruption),
            SnapshotCommand.Create(),
            InspectCommand.Create(),
            WhyCommand.Create(),
            ConvertCommand.Create(),
            DiffCommand.Create(),
            PsCommand.Create(),
            TraceCommand.Create(),
        };
        return root;
    }

    /// <summary>What is wrong with a line, and the option or command that was probably meant.</summary>
    private static string Describe(ParseResult line)
    {
        Command command = line.CommandResult.Command;
        bool isRoot = command.Name == "limpet";
        string help = $"See limpet {(isRoot ? "" : command.Name + " ")}--help.";
        if (line.UnmatchedTokens is [var word, ..])
        {
            IEnumerable<string> known = word.StartsWith('-')
                ? command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name.StartsWith('-'))
                : command.Subcommands.Select(subcommand => subcommand.Name);
            string kind = word.StartsWith('-') ? $"option of {(isRoot ? "limpet" : command.Name)}" : isRoot ? "command" : $"part of {command.Name}";
            return $"{Escaping.Show(word, 60)} is no {kind}. {(NearestName.Of(word, known) is { } nearest ? $"Did you mean {nearest}?" : help)}";
        }

        return $"{Escaping.Show(line.Errors[0].Message)} {help}";
    }

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ToolInfo.Current.Version);
            return ExitCode.NoLeak;
        }
    }
}
