using Limpet.Xunit;

// Which test leaves what behind is told at the end of a run, and fails nothing. Suspects are not run again: tests here start programs, and take their time.
[assembly: LeakGuard(Confirm = false)]
