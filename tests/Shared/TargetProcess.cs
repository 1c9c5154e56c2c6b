using System.Runtime.CompilerServices;
using Limpet.Capture;

namespace Limpet.Testing;

/// <summary>A test target in a process of its own, spoken to by lines.</summary>
internal sealed class TargetProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly TraceableProcess process;
    private readonly StreamReader output;

    private TargetProcess(TraceableProcess process)
    {
        this.process = process;
        output = new StreamReader(process.StandardOutput);
        _ = process.StandardError.CopyToAsync(Stream.Null);
    }

    public int Id => process.Id;

    public bool HasExited => process.Exited.IsCompleted;

    /// <summary>What the target states of itself, such as <c>Node</c> = <c>1000</c>.</summary>
    public Dictionary<string, string> Truth { get; } = new(StringComparer.Ordinal);

    /// <summary>Folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The built targets for the runtime that the tests run on.</summary>
    public static string DefaultDll { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Limpet.TestTargets", Configuration, "Limpet.TestTargets.dll"));

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <summary>Starts a target and waits until its shape stands.</summary>
    public static TargetProcess Start(string arguments, IReadOnlyDictionary<string, string>? environment = null, string? executable = null)
    {
        string[] command = executable is null ? ["dotnet", DefaultDll] : [executable];
        var target = new TargetProcess(TraceableProcess.Start([.. command, .. arguments.Split(' ')], null, environment));
        for (string? line; (line = target.ReadLine()) != "ready";)
        {
            Assert.NotNull(line);
            if (line.StartsWith("truth ", StringComparison.Ordinal))
            {
                foreach (string[] pair in line["truth ".Length..].Split(' ').Select(pair => pair.Split('=')))
                {
                    target.Truth[pair[0]] = pair[1];
                }
            }
        }

        return target;
    }

    /// <summary>Sends a line and returns the answer.</summary>
    public string Ask(string line)
    {
        process.StandardInput.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        return ReadLine() ?? throw new InvalidOperationException($"The target has ended: {process.Exited.Result}.");
    }

    /// <summary>Ends the target at once, whatever it does.</summary>
    public void Kill() => process.Kill();

    public void Dispose()
    {
        process.Kill();
        Assert.True(process.Exited.Wait(Deadline), "The target does not end.");
        process.Dispose();
    }

    private string? ReadLine()
    {
        Task<string?> line = output.ReadLineAsync();
        return line.Wait(Deadline) ? line.Result : throw new TimeoutException($"The target said nothing for {Deadline.TotalSeconds} s.");
    }

    private static string FindRepository([CallerFilePath] string file = "")
    {
        DirectoryInfo? folder = new FileInfo(file).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Limpet.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run from a checkout.");
    }
}
