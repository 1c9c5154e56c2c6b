using System.Text;
using Limpet.Capture;

namespace Limpet.Bench.Processes;

/// <summary>A child process that is spoken to by lines. It ends when this is disposed.</summary>
internal sealed class LineProcess : IDisposable
{
    /// <summary>Long enough for ClrMD to walk some tens of millions of objects.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20);
    private readonly TraceableProcess process;
    private readonly StreamReader output;
    private readonly Task<string> errors;

    private LineProcess(TraceableProcess process)
    {
        this.process = process;
        output = new StreamReader(process.StandardOutput);
        errors = new StreamReader(process.StandardError).ReadToEndAsync();
    }

    public int Id => process.Id;

    /// <summary>Starts a .NET program by its dll.</summary>
    public static LineProcess Start(string dll, string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        new(TraceableProcess.Start(["dotnet", dll, .. arguments], null, environment));

    /// <summary>Sends a line and returns the answer.</summary>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public string Ask(string line, TimeSpan? within = null)
    {
        process.StandardInput.Write(Encoding.UTF8.GetBytes(line + "\n"));
        return ReadLine(within);
    }

    public string ReadLine(TimeSpan? within = null)
    {
        Task<string?> line = output.ReadLineAsync();
        if (!line.Wait(within ?? Deadline))
        {
            throw new TimeoutException($"Process {Id} said nothing for {(within ?? Deadline).TotalSeconds} s.");
        }

        return line.Result ?? throw new InvalidOperationException($"Process {Id} ended with exit code {AwaitExit().Code}: {errors.Result.Trim()}");
    }

    /// <summary>Ends it with SIGKILL and waits until it is gone.</summary>
    public void Kill()
    {
        process.Kill();
        AwaitExit();
    }

    /// <summary>Waits for its end; also for its last words.</summary>
    public (int Code, string Output, string Errors) AwaitEnd()
    {
        string rest = output.ReadToEnd();
        return (AwaitExit().Code ?? -1, rest, errors.Result);
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private ProcessExit AwaitExit() =>
        process.Exited.Wait(Deadline) ? process.Exited.Result : throw new TimeoutException($"Process {Id} does not end.");
}
