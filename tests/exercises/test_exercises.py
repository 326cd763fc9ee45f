"""Every exercise of the course, collected by itself: it runs unanswered, its solution earns all points, each anticipated
mistake gets its own reply, and no broken answer breaks a later cell.
"""

import ast
import itertools
import os
import re
import sys
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient

from dossier.classroom import check
from dossier.classroom.masters import main, problems, student_version
from dossier.classroom.record import read
from dossier.classroom.tasks import Task, lessons

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "exercises"
MASTERS = sorted((FOLDER / "solutions").glob("*.ipynb"))
each_exercise = pytest.mark.parametrize("name", [path.name for path in MASTERS])


@pytest.fixture(autouse=True)
def own_record(tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_RECORD", str(tmp_path))


def notebook(name, *, solved=False):
    return nbformat.read(FOLDER / "solutions" / name if solved else FOLDER / name, as_version=4)


def lesson_of(name):
    return lessons()[name[:2]]


def run(notebook):
    """Run all cells the way "run all" does: an error stops it, unless the cell is tagged to go on."""
    NotebookClient(
        notebook, kernel_name="python3", timeout=120, resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    return {cell.id: cell.get("outputs", []) for cell in notebook.cells}


def said(outputs):
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]
    return "\n".join(texts)


def errors(outputs):
    return {
        id: output.ename for id, some in outputs.items() for output in some if output.output_type == "error"
    }


def test_there_is_an_exercise_for_every_lesson_that_has_tasks_and_none_besides():
    assert [path.name[:2] for path in MASTERS] == [lesson.id for lesson in lessons().values() if lesson.tasks]
    assert sorted(path.name for path in FOLDER.glob("*.ipynb")) == [path.name for path in MASTERS]


def test_students_notebooks_are_what_their_masters_give(capsys):
    assert main(["--check"]) == 0, capsys.readouterr().err


def test_a_drifted_or_missing_notebook_is_noticed_and_made_again(tmp_path, capsys):
    (tmp_path / "solutions").mkdir()
    for path in MASTERS:
        (tmp_path / "solutions" / path.name).write_bytes(path.read_bytes())
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert main(["--folder", str(tmp_path)]) == 0
    assert main(["--check", "--folder", str(tmp_path)]) == 0
    made = tmp_path / MASTERS[0].name
    assert made.read_bytes() == (FOLDER / made.name).read_bytes()
    made.write_text(made.read_text(encoding="utf-8").replace("01.1", "01.9"), encoding="utf-8")
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert "run python3 course.py exercises" in capsys.readouterr().err


def test_a_folder_without_masters_or_with_a_damaged_one_says_so(tmp_path, capsys):
    assert main(["--folder", str(tmp_path)]) == 1
    assert "There is no master in" in capsys.readouterr().err
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "01_a.ipynb").write_text("{half")
    assert main(["--folder", str(tmp_path)]) == 1
    assert "01_a.ipynb" in capsys.readouterr().err


@each_exercise
def test_the_students_notebook_holds_no_answer_and_no_output(name):
    student, master = notebook(name), notebook(name, solved=True)
    text = "\n".join(cell.source for cell in student.cells)
    assert not re.search(r"BEGIN|END|require", text)
    for cell in master.cells:
        for region in re.findall(
            r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)\s*### END", cell.source, re.DOTALL
        ):
            for line in region.splitlines():
                assert line.strip() not in text
    assert all(
        cell.outputs == [] and cell.execution_count is None for cell in student.cells if "outputs" in cell
    )


@each_exercise
def test_the_master_solves_each_task_as_its_worked_solution_does(name):
    cells = {cell.id: cell.source for cell in notebook(name, solved=True).cells}
    for task in lesson_of(name):
        if isinstance(task, Task):
            answered = ast.parse(cells[f"answer-{task.id.replace('.', '-')}"])
            for body in (node for node in ast.walk(answered) if hasattr(node, "body")):
                body.body = [line for line in body.body if not _is_dots(line)]
            assert ast.dump(answered) == ast.dump(ast.parse(task.solution)), task.id


def _is_dots(line):
    return isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant) and line.value.value is ...


@pytest.mark.slow
@each_exercise
def test_an_unanswered_exercise_runs_from_top_to_bottom(name):
    outputs = run(notebook(name))
    assert errors(outputs) == {}
    for task in lesson_of(name):
        if isinstance(task, Task):
            assert said(outputs[f"check-{task.id.replace('.', '-')}"]).startswith(f"○ Not yet: {task.id}")
    assert read()["checks"] == {}


@pytest.mark.slow
@each_exercise
def test_the_solution_passes_every_check_with_all_points(name):
    assert errors(run(notebook(name, solved=True))) == {}
    won = {id: entry["points"] for id, entry in read()["checks"].items() if entry["passed"]}
    assert won == {task.id: task.points for task in lesson_of(name) if isinstance(task, Task)}


@pytest.mark.slow
@each_exercise
def test_answers_that_fail_break_no_later_cell(name):
    student = notebook(name)
    answers = [cell for cell in student.cells if cell.cell_type == "code" and cell.id.startswith("answer-")]
    for cell, broken in zip(
        answers, itertools.cycle(["1 / 0", "def half(", "import no_such_module", "raise SystemError"])
    ):
        cell.source = broken
    outputs = run(student)
    assert set(errors(outputs)) == {cell.id for cell in answers}
    for task in lesson_of(name):
        if isinstance(task, Task):
            assert f"{task.name} is not there yet" in said(outputs[f"check-{task.id.replace('.', '-')}"])


@pytest.fixture(scope="module")
def worked_through():
    """The names that a learner's notebook holds, after all cells of the unanswered exercise."""
    kept = {}
    for path in MASTERS:
        shell = InteractiveShell()
        InteractiveShell._instance = shell
        for cell in notebook(path.name).cells:
            if cell.cell_type == "code":
                result = shell.run_cell(cell.source, silent=True)
                result.raise_error()
        kept[path.name[:2]] = dict(shell.user_ns)
        InteractiveShell._instance = None
    return kept


@pytest.mark.parametrize(
    ("task", "mistake"),
    [
        pytest.param(task, mistake, id=f"{task.id}-{number}")
        for lesson in lessons().values()
        for task in lesson
        if isinstance(task, Task)
        for number, mistake in enumerate(task.misconceptions, start=1)
    ],
)
def test_each_anticipated_mistake_gets_its_own_reply(worked_through, task, mistake):
    names = dict(worked_through[task.id[:2]])
    exec(mistake.code, names)
    verdict = check(task.id, namespace=names)
    assert (verdict.state, verdict.points, verdict.message) == ("again", 0, mistake.reply)


def test_no_reply_gives_the_answer_away_and_no_two_are_the_same():
    for task in (task for lesson in lessons().values() for task in lesson if isinstance(task, Task)):
        replies = [mistake.reply for mistake in task.misconceptions]
        assert len(set(replies)) == len(replies), task.id
        last = task.solution.splitlines()[-1].split("=")[-1].strip()
        assert not any(last in reply for reply in replies), task.id


def test_the_course_model_and_the_exercise_say_the_same():
    from dossier.score.watching import people_followed

    (task,) = (task for task in lessons()["01"] if task.id == "01.2")
    scope = {}
    exec(task.solution, scope)
    for inputs in task.inputs:
        assert scope["people_followed"](*inputs) == pytest.approx(people_followed(*inputs))


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda nb: nb.metadata.pop("dossier"), "names no lesson"),
        (lambda nb: _cell(nb, "answer-01-1").metadata.pop("tags"), "needs the tag raises-exception"),
        (
            lambda nb: _cell(nb, "check-01-1").metadata.nbgrader.update(points=9),
            "01.1 is worth 1 points; in the master it has 9",
        ),
        (
            lambda nb: nb.cells.remove(_cell(nb, "check-01-1")),
            "01.1 is worth 1 points; in the master it has none",
        ),
        (lambda nb: _cell(nb, "check-01-1").update(source='check("01.1")'), r"without .require\(\)"),
        (lambda nb: _cell(nb, "check-01-1").metadata.nbgrader.update(grade_id="check-01-99"), "no such task"),
        (
            lambda nb: _cell(nb, "check-01-1").metadata.nbgrader.update(grade_id="odd"),
            "grade_id ends like check-01-2",
        ),
    ],
)
def test_a_master_that_breaks_a_rule_is_refused_with_all_that_is_wrong(spoil, complaint):
    master = notebook("01_a_day_in_data.ipynb", solved=True)
    assert problems(master) == []
    spoil(master)
    with pytest.raises(ValueError, match=complaint):
        student_version(master)


def _cell(notebook, id):
    return next(cell for cell in notebook.cells if cell.id == id)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Object of type")
def test_nbgrader_gives_points_for_right_answers_and_none_for_others(tmp_path, monkeypatch):
    """The real pipeline: generate, submit one right and one wrong answer, grade."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    # nbgrader starts "alembic" by its name.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    name = "01_a_day_in_data.ipynb"
    options = Config()
    options.CourseDirectory.root = str(tmp_path / "course")
    submitted = tmp_path / "course" / "submitted" / "somebody" / "01"
    for folder in (source := tmp_path / "course" / "source" / "01", submitted):
        folder.mkdir(parents=True)
    (source / name).write_bytes((FOLDER / "solutions" / name).read_bytes())
    student = notebook(name)
    _cell(student, "answer-01-1").source = "cost_of_one_year = five_cars_per_hour * 24 * 365"
    _cell(student, "answer-01-3").source = "times_cheaper_at_least = 1 / 0"
    nbformat.write(student, submitted / name)

    nbgrader = NbGraderAPI(config=options)
    assert nbgrader.generate_assignment("01")["success"]
    assert nbgrader.autograde("01", "somebody")["success"]
    with nbgrader.gradebook as book:
        submission = book.find_submission("01", "somebody")
        assert (submission.code_score, submission.max_code_score) == (1, lessons()["01"].points)
        assert submission.needs_manual_grade
