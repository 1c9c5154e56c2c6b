using System.CommandLine;

namespace Limpet.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> json = new("--json") { HelpName = "FILE|-", Description = "Write the result as JSON into a file, or to standard output" };
    private readonly Option<bool> quiet = new("--quiet") { Description = "Nothing but the result" };
    private readonly Option<bool> verbose = new("--verbose") { Description = "Time-stamped lines of what is being done" };
    private readonly Option<bool> noColor = new("--no-color") { Description = "No colour" };

    public CommonOptions(Command command)
    {
        command.Add(json);
        command.Add(quiet);
        command.Add(verbose);
        command.Add(noColor);
    }

    /// <summary>Where the line wants its output.</summary>
    public CommandOutput Read(ParseResult line) => new(line.InvocationConfiguration.Output, line.InvocationConfiguration.Error)
    {
        Json = line.GetValue(json),
        Quiet = line.GetValue(quiet),
        Verbose = line.GetValue(verbose),
    };
}
