PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE student (
	id VARCHAR(128) NOT NULL, 
	first_name VARCHAR(128), 
	last_name VARCHAR(128), 
	email VARCHAR(128), 
	lms_user_id VARCHAR(128), 
	PRIMARY KEY (id)
);
INSERT INTO student VALUES('blue-kettle',NULL,NULL,NULL,NULL);
INSERT INTO student VALUES('red-lamp',NULL,NULL,NULL,NULL);
CREATE TABLE course (
	id VARCHAR(128) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (id)
);
INSERT INTO course VALUES('Spring cohort');
INSERT INTO course VALUES('default_course');
CREATE TABLE assignment (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	duedate DATETIME, 
	course_id VARCHAR(128) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name), 
	FOREIGN KEY(course_id) REFERENCES course (id)
);
INSERT INTO assignment VALUES('941f5d8d474e432b8290167fbdb9cadf','core-day1',NULL,'Spring cohort');
CREATE TABLE notebook (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	assignment_id VARCHAR(32), 
	kernelspec VARCHAR(1024), 
	PRIMARY KEY (id), 
	UNIQUE (name, assignment_id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id)
);
INSERT INTO notebook VALUES('a29ca004bc384f1ab3d2562c6637335d','b3_plot_the_dots','941f5d8d474e432b8290167fbdb9cadf','{"display_name": "Python 3", "language": "python", "name": "python3"}');
CREATE TABLE submitted_assignment (
	id VARCHAR(32) NOT NULL, 
	assignment_id VARCHAR(32), 
	student_id VARCHAR(128), 
	timestamp DATETIME, 
	extension DATETIME, 
	PRIMARY KEY (id), 
	UNIQUE (assignment_id, student_id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(student_id) REFERENCES student (id)
);
INSERT INTO submitted_assignment VALUES('7296eac3ba7e417ebd20dbaf56b58a4e','941f5d8d474e432b8290167fbdb9cadf','blue-kettle','2026-11-27 19:47:13.000000',NULL);
INSERT INTO submitted_assignment VALUES('d7591b4d0a8c4598a6009bcb3f2a4897','941f5d8d474e432b8290167fbdb9cadf','red-lamp','2026-11-27 19:47:13.000000',NULL);
CREATE TABLE base_cell (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	notebook_id VARCHAR(32) NOT NULL, 
	type VARCHAR(50), 
	PRIMARY KEY (id), 
	UNIQUE (name, notebook_id, type), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO base_cell VALUES('33ea643b91d942bc9153a7454864b046','b3-1','a29ca004bc384f1ab3d2562c6637335d','GradeCell');
INSERT INTO base_cell VALUES('65a6ade3bbab4e8f84b85741ef668f68','b3-2','a29ca004bc384f1ab3d2562c6637335d','GradeCell');
INSERT INTO base_cell VALUES('dd7ea4e4b4934c7e87375f0a9a6c54f4','b3-3','a29ca004bc384f1ab3d2562c6637335d','GradeCell');
INSERT INTO base_cell VALUES('19ea22e770b14ed687aa7969b0fe9707','b3-4','a29ca004bc384f1ab3d2562c6637335d','GradeCell');
INSERT INTO base_cell VALUES('6d4a89b881c74606805f0e9963bacf66','b3-5','a29ca004bc384f1ab3d2562c6637335d','GradeCell');
INSERT INTO base_cell VALUES('af5e8f689f4948e38d2ed71f1d913b50','b3-1-answer','a29ca004bc384f1ab3d2562c6637335d','SolutionCell');
INSERT INTO base_cell VALUES('241751168c14474ebea86407307fa374','b3-2-answer','a29ca004bc384f1ab3d2562c6637335d','SolutionCell');
INSERT INTO base_cell VALUES('a954d30fb9b745c6b254a47662357f93','b3-3-answer','a29ca004bc384f1ab3d2562c6637335d','SolutionCell');
INSERT INTO base_cell VALUES('cd16c589c86b48ae8609740b964d2bf7','b3-4-answer','a29ca004bc384f1ab3d2562c6637335d','SolutionCell');
INSERT INTO base_cell VALUES('3262bae177fd4f21966ed0b83d3b3483','b3-5','a29ca004bc384f1ab3d2562c6637335d','SolutionCell');
CREATE TABLE source_cell (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	locked BOOLEAN NOT NULL, 
	source TEXT, 
	checksum VARCHAR(128), 
	notebook_id VARCHAR(32), 
	PRIMARY KEY (id), 
	UNIQUE (name, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO source_cell VALUES('2a7847256c6149b89be33c2cface3e5f','b3-1-answer','code',0,replace('answer_b3_1 = {"mean": None, "mean_moving_range": None, "lower": None, "upper": None}\n# Put your answer in place of None, then run this cell: Shift and Enter.','\n',char(10)),'3fbbc59fe35fd11cfb1818f0b94520d2','a29ca004bc384f1ab3d2562c6637335d');
INSERT INTO source_cell VALUES('c0fac6f689514b22b70e0ca11809d0a8','b3-1','code',1,replace('from pcqa_teach.lessons import received\n\nreceived("Task 1, first answer", "answer_b3_1")\n### BEGIN HIDDEN TESTS\nfrom pcqa_teach.lessons import judge\n\njudge(\n    "b3-1",\n    answer_b3_1,\n    expect={"mean": 155.36, "mean_moving_range": 32.46, "lower": 69.01, "upper": 241.7},\n    within={"mean": 0.1, "mean_moving_range": 0.1, "lower": 0.2, "upper": 0.2},\n    misconceptions={\n        "overall_sd": (\n            lambda answer: 34 < answer["lower"] < 42 and 268 < answer["upper"] < 277,\n            "These limits come from the overall standard deviation, which the outage itself has "\n            "stretched. Limits come from the mean moving range.",\n            {"mean": 155.4, "mean_moving_range": 32.5, "lower": 35.6, "upper": 275.1},\n        ),\n        "divided_by_the_days": (\n            {"mean_moving_range": 30.14},\n            "You divided the sum of the moving ranges by the number of days. Between 14 days "\n            "there are only 13 steps.",\n        ),\n        "kept_the_sign": (\n            {"mean_moving_range": -6.31},\n            "You let the ups and downs cancel out. A moving range has no sign: going from 150 to "\n            "136 is a move of 14.",\n        ),\n        "median_of_the_moves": (\n            {"mean_moving_range": 11.0},\n            "That is the median of the moving ranges. This chart uses their mean: the sum, shared "\n            "equally among the steps.",\n        ),\n        "median": (\n            {"mean": 150.0},\n            "That is the median, the middle line of a run chart. An XmR chart is drawn around the "\n            "mean.",\n        ),\n        "three_moving_ranges": (\n            {"lower": 58.0, "upper": 252.7},\n            "You went three mean moving ranges from the mean. The factor is 2.66, since a moving "\n            "range is a little larger than a standard deviation.",\n        ),\n        "distance_not_limit": (\n            {"upper": 86.3},\n            "That is the distance from the mean to a limit. Add it to the mean for the upper "\n            "limit, and take it from the mean for the lower one.",\n        ),\n        "largest_and_smallest": (\n            {"lower": 51, "upper": 222},\n            "Those are the lowest and the highest day. Limits are worked out from the mean moving "\n            "range; days may lie inside or outside them.",\n        ),\n        "upside_down": (\n            {"lower": 241.7, "upper": 69.0},\n            "Your two limits are right, but they have changed places: the lower one is the smaller "\n            "number.",\n        ),\n    },\n    points=4,\n)\n### END HIDDEN TESTS','\n',char(10)),'ef8f1124b50598212918adbe4c534b9f','a29ca004bc384f1ab3d2562c6637335d');
INSERT INTO source_cell VALUES('3edc0cdf73ba436a8aadc58d0fae27c8','b3-2-answer','code',0,replace('answer_b3_2 = {"outside_in_A": None, "outside_in_B": None, "on_the_wall": None}\n# Put your answer in place of None, then run this cell: Shift and Enter.','\n',char(10)),'4a458942bd877d5ed0f395257d6af5f4','a29ca004bc384f1ab3d2562c6637335d');
INSERT INTO source_cell VALUES('ef9802d7bab3479ab9861d3e2c8571a1','b3-2','code',1,replace('from pcqa_teach.lessons import received\n\nreceived("Task 1, second answer", "answer_b3_2")\n### BEGIN HIDDEN TESTS\nfrom pcqa_teach.lessons import judge\n\njudge(\n    "b3-2",\n    answer_b3_2,\n    expect={"outside_in_A": 0, "outside_in_B": 1, "on_the_wall": "B"},\n    misconceptions={\n        "trusts_the_overall_sd": (\n            {"on_the_wall": "A"},\n            "Chart A uses the overall standard deviation. The outage widened it, and so hides "\n            "itself: a chart that calls a dead telephone line ordinary is of no help.",\n        ),\n        "all_limits_are_alike": (\n            {"on_the_wall": "C"},\n            "The dots are the same, the messages are not. Look at the third dot in each: one chart "\n            "calls it ordinary, the other does not.",\n        ),\n        "knows_too_much": (\n            {"outside_in_A": 1},\n            "You know that there was an outage, but count what chart A shows: is the third dot "\n            "beyond its lower line, or above it?",\n        ),\n        "below_the_mean": (\n            lambda answer: answer["outside_in_B"] > 1,\n            "You counted dots that are far from the mean. Outside means beyond a dashed limit.",\n            {"outside_in_A": 0, "outside_in_B": 6, "on_the_wall": "B"},\n        ),\n        "blind_to_it": (\n            {"outside_in_B": 0},\n            "Look once more at the third dot of chart B, and at the lower dashed line beside it.",\n        ),\n    },\n    points=3,\n)\n### END HIDDEN TESTS','\n',char(10)),'576e9dec040f6adbe11126f374efc9a7','a29ca004bc384f1ab3d2562c6637335d');
INSERT INTO source_cell VALUES('f3c24a22592c471a921f40996b30f8ad','b3-3-answer','code',0,replace('answer_b3_3 = {"outside": None, "shift": None, "trend": None, "two_of_three": None, "dot": None}\n# Put your answer in place of None, then run this cell: Shift and Enter.','\n',char(10)),'328cde7b558db2765ed14979416afe75','a29ca004bc384f1ab3d2562c6637335d');
INSERT INTO source_cell VALUES('50034d2730a742109a74abdb2c54356c','b3-3','code',1,replace('from pcqa_teach.lessons import received\n\nreceived("Task 2, third answer", "answer_b3_3")\n### BEGIN HIDDEN TESTS\nfrom pcqa_teach.lessons import judge\n\njudge(\n    "b3-3",\n    answer_b3_3,\n    expect={"outside": "no", "shift": "yes", "trend": "no", "two_of_three": "no", "dot": 18},\n    misconceptions={\n        "six_is_a_trend": (\n            {"trend": "yes"},\n            "Dots 8 to 13 do rise, and there are six of them. Making Data Count asks for seven in "\n            "a row: count the dots once more.",\n        ),\n        "both_sides": (\n            {"two_of_three": "yes"},\n            "Dots 13 and 14 are both far out, but on opposite sides of the mean. Two of three "\n            "needs all three dots on the same side.",\n        ),\n        "near_is_outside": (\n            {"outside": "yes"},\n            "Dots 13 and 14 come near a limit without crossing it. Outside means beyond the dashed "\n            "line, not beyond the dotted one.",\n        ),\n        "close_to_the_mean_does_not_count": (\n            {"shift": "no"},\n            "In a shift it does not matter how far the dots are from the mean, only that seven or "\n            "more in a row are on one side. Look at the end of the chart.",\n        ),\n        "where_it_was_noticed": (\n            {"dot": 24},\n            "You gave the dot at which the signal could first be noticed. It begins with the first "\n            "of the seven: something changed about then.",\n        ),\n        "the_dot_before": (\n            {"dot": 17},\n            "Nearly: that dot is still above the mean. The run begins with the first dot below it.",\n        ),\n    },\n    points=5,\n)\n### END HIDDEN TESTS','\n',char(10)),'7d34ee25090d1580ba21c935be40889d','a29ca004bc384f1ab3d2562c6637335d');
INSERT INTO source_cell VALUES('26071a31b7c34014a37627399f5c6ae1','b3-4-answer','code',0,replace('answer_b3_4 = {"phones_icon": None, "phones_next": None, "waits_icon": None, "waits_next": None}\n# Put your answer in place of None, then run this cell: Shift and Enter.','\n',char(10)),'fe9cbb553dc9c6036980b95ce5e8f716','a29ca004bc384f1ab3d2562c6637335d');
INSERT INTO source_cell VALUES('8eed470398ef4add894a246697ea35c9','b3-4','code',1,replace('from pcqa_teach.lessons import received\n\nreceived("Task 2, fourth answer", "answer_b3_4")\n### BEGIN HIDDEN TESTS\nfrom pcqa_teach.lessons import judge\n\njudge(\n    "b3-4",\n    answer_b3_4,\n    expect={"phones_icon": "C", "phones_next": 2, "waits_icon": "A", "waits_next": 4},\n    misconceptions={\n        "exhortation": (\n            {"phones_next": 5},\n            "Nobody at the desk could answer a line that was down. A special cause has a reason of "\n            "its own: find that, and leave the people alone.",\n        ),\n        "tidy_the_chart": (\n            {"phones_next": 3},\n            "Limits are not there to look right. Taking out a day because it is awkward hides what "\n            "the chart is for; do it only for a known cause, with a date and a reason.",\n        ),\n        "shrug": (\n            {"phones_next": 1},\n            "The outage lies beyond a limit: that is a signal, and a signal is worth a question "\n            "today.",\n        ),\n        "wrong_way_up": (\n            {"waits_icon": "B"},\n            "For waits, less is better. The run at the end lies below the mean: which colour is "\n            "that?",\n        ),\n        "all_inside_is_ordinary": (\n            {"waits_icon": "C"},\n            "Each dot is inside the limits, but together the last seven make a signal. The icon "\n            "goes by all four signals, not by the limits alone.",\n        ),\n        "leave_a_gain_to_luck": (\n            {"waits_next": 1},\n            "A shift is a signal, and this one is good news. Unless you find out what changed, you "\n            "cannot keep it.",\n        ),\n        "worst_not_latest": (\n            {"phones_icon": "B"},\n            "13 March was a concern, but an icon goes by the latest dot, and the telephones have "\n            "long been back to ordinary. That is why one looks at the dots as well.",\n        ),\n    },\n    points=4,\n)\n### END HIDDEN TESTS','\n',char(10)),'65f82d636c1a069bad8b0e621b7fd9d0','a29ca004bc384f1ab3d2562c6637335d');
INSERT INTO source_cell VALUES('bb8bf7e595c14f36b469e0aba098fe6c','b3-5','markdown',0,'*Write your answer here: double-click, type, then Shift and Enter.*','cb053f15c3c6da549e766717964473f7','a29ca004bc384f1ab3d2562c6637335d');
CREATE TABLE submitted_notebook (
	id VARCHAR(32) NOT NULL, 
	assignment_id VARCHAR(32), 
	notebook_id VARCHAR(32), 
	flagged BOOLEAN, 
	late_submission_penalty FLOAT, 
	PRIMARY KEY (id), 
	UNIQUE (notebook_id, assignment_id), 
	FOREIGN KEY(assignment_id) REFERENCES submitted_assignment (id), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO submitted_notebook VALUES('c7d3fd7f8c2c4c69aa0a07fecbb077c3','7296eac3ba7e417ebd20dbaf56b58a4e','a29ca004bc384f1ab3d2562c6637335d',0,NULL);
INSERT INTO submitted_notebook VALUES('0a3ad592121045778ed80593b1bde0d4','d7591b4d0a8c4598a6009bcb3f2a4897','a29ca004bc384f1ab3d2562c6637335d',0,NULL);
CREATE TABLE grade_cells (
	id VARCHAR(32) NOT NULL, 
	max_score FLOAT NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
INSERT INTO grade_cells VALUES('33ea643b91d942bc9153a7454864b046',4.0,'code');
INSERT INTO grade_cells VALUES('65a6ade3bbab4e8f84b85741ef668f68',3.0,'code');
INSERT INTO grade_cells VALUES('dd7ea4e4b4934c7e87375f0a9a6c54f4',5.0,'code');
INSERT INTO grade_cells VALUES('19ea22e770b14ed687aa7969b0fe9707',4.0,'code');
INSERT INTO grade_cells VALUES('6d4a89b881c74606805f0e9963bacf66',3.0,'markdown');
CREATE TABLE solution_cells (
	id VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
INSERT INTO solution_cells VALUES('af5e8f689f4948e38d2ed71f1d913b50');
INSERT INTO solution_cells VALUES('241751168c14474ebea86407307fa374');
INSERT INTO solution_cells VALUES('a954d30fb9b745c6b254a47662357f93');
INSERT INTO solution_cells VALUES('cd16c589c86b48ae8609740b964d2bf7');
INSERT INTO solution_cells VALUES('3262bae177fd4f21966ed0b83d3b3483');
CREATE TABLE task_cells (
	id VARCHAR(32) NOT NULL, 
	max_score FLOAT NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
CREATE TABLE grade (
	id VARCHAR(32) NOT NULL, 
	notebook_id VARCHAR(32), 
	cell_id VARCHAR(32), 
	auto_score FLOAT, 
	manual_score FLOAT, 
	extra_credit FLOAT, 
	needs_manual_grade BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (cell_id, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES submitted_notebook (id), 
	FOREIGN KEY(cell_id) REFERENCES base_cell (id)
);
INSERT INTO grade VALUES('361d4b25bb7d43e198a834a387be59c0','c7d3fd7f8c2c4c69aa0a07fecbb077c3','33ea643b91d942bc9153a7454864b046',4.0,NULL,NULL,0);
INSERT INTO grade VALUES('f814991eb9e14e9fa50b4dcf8f882570','c7d3fd7f8c2c4c69aa0a07fecbb077c3','65a6ade3bbab4e8f84b85741ef668f68',3.0,NULL,NULL,0);
INSERT INTO grade VALUES('8c5e10a783f34969951959f6b528b9f5','c7d3fd7f8c2c4c69aa0a07fecbb077c3','dd7ea4e4b4934c7e87375f0a9a6c54f4',5.0,NULL,NULL,0);
INSERT INTO grade VALUES('01513ed94e8b435db977eb22c97815f8','c7d3fd7f8c2c4c69aa0a07fecbb077c3','19ea22e770b14ed687aa7969b0fe9707',4.0,NULL,NULL,0);
INSERT INTO grade VALUES('9a4fd021cfec4b868fe0477c318ace88','c7d3fd7f8c2c4c69aa0a07fecbb077c3','6d4a89b881c74606805f0e9963bacf66',NULL,NULL,NULL,1);
INSERT INTO grade VALUES('017ae26fd57d4537ab1c81da13fc537f','0a3ad592121045778ed80593b1bde0d4','33ea643b91d942bc9153a7454864b046',4.0,NULL,NULL,0);
INSERT INTO grade VALUES('5ca1abab3c454a8591cb849e945f09ae','0a3ad592121045778ed80593b1bde0d4','65a6ade3bbab4e8f84b85741ef668f68',0.0,NULL,NULL,0);
INSERT INTO grade VALUES('83d118fbc6d640ab8ea4e88ecfc3db4a','0a3ad592121045778ed80593b1bde0d4','dd7ea4e4b4934c7e87375f0a9a6c54f4',5.0,NULL,NULL,0);
INSERT INTO grade VALUES('d1e6178c6780473d8e85b26ad76eee19','0a3ad592121045778ed80593b1bde0d4','19ea22e770b14ed687aa7969b0fe9707',4.0,NULL,NULL,0);
INSERT INTO grade VALUES('4a4ed513d5e44b58816ff075282eddfb','0a3ad592121045778ed80593b1bde0d4','6d4a89b881c74606805f0e9963bacf66',0.0,NULL,NULL,0);
CREATE TABLE comment (
	id VARCHAR(32) NOT NULL, 
	notebook_id VARCHAR(32), 
	cell_id VARCHAR(32), 
	auto_comment TEXT, 
	manual_comment TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (cell_id, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES submitted_notebook (id), 
	FOREIGN KEY(cell_id) REFERENCES base_cell (id)
);
INSERT INTO comment VALUES('f8ea018b1a7b47028926ce1ee9e34b31','c7d3fd7f8c2c4c69aa0a07fecbb077c3','af5e8f689f4948e38d2ed71f1d913b50',NULL,NULL);
INSERT INTO comment VALUES('870720f824694159b6dcf8c82ec1d7a2','c7d3fd7f8c2c4c69aa0a07fecbb077c3','241751168c14474ebea86407307fa374',NULL,NULL);
INSERT INTO comment VALUES('3531ac9814a14ae9bd35f381c6fb9444','c7d3fd7f8c2c4c69aa0a07fecbb077c3','a954d30fb9b745c6b254a47662357f93',NULL,NULL);
INSERT INTO comment VALUES('3270f19e80364a9e88234636a8e6c045','c7d3fd7f8c2c4c69aa0a07fecbb077c3','cd16c589c86b48ae8609740b964d2bf7',NULL,NULL);
INSERT INTO comment VALUES('d962a8f775ef427dba7b83b5f4026734','c7d3fd7f8c2c4c69aa0a07fecbb077c3','3262bae177fd4f21966ed0b83d3b3483',NULL,NULL);
INSERT INTO comment VALUES('77bb84e4d9b24c29a878fa450687071e','0a3ad592121045778ed80593b1bde0d4','af5e8f689f4948e38d2ed71f1d913b50',NULL,NULL);
INSERT INTO comment VALUES('5f96d27a22b04e758d35dd794a12e6bc','0a3ad592121045778ed80593b1bde0d4','241751168c14474ebea86407307fa374','No response.',NULL);
INSERT INTO comment VALUES('78448833d8c04172991944bb99fc49ee','0a3ad592121045778ed80593b1bde0d4','a954d30fb9b745c6b254a47662357f93',NULL,NULL);
INSERT INTO comment VALUES('cd114ac1218a49ea9caa2e4062fb3f76','0a3ad592121045778ed80593b1bde0d4','cd16c589c86b48ae8609740b964d2bf7',NULL,NULL);
INSERT INTO comment VALUES('ffb3c066d334483c9ce560a5113b8017','0a3ad592121045778ed80593b1bde0d4','3262bae177fd4f21966ed0b83d3b3483','No response.',NULL);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
INSERT INTO alembic_version VALUES('e43177bfe90b');
CREATE TABLE pcqa_marked (
	assignment VARCHAR(128) NOT NULL, 
	notebook VARCHAR(128) NOT NULL, 
	student VARCHAR(128) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	marked_at VARCHAR(32) NOT NULL, 
	trouble TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	items TEXT NOT NULL, 
	PRIMARY KEY (assignment, notebook, student)
);
INSERT INTO pcqa_marked VALUES('core-day1','b3_plot_the_dots','blue-kettle','b604a1fb3dc9753b81f57ef724f2cfa03d0f4989a06b0862a2083f712befd4cb','2026-11-27T19:48:04+00:00','','[]','{"b3-1": {"earned": 4.0, "said": "b3-1: right (4 of 4 points).", "outcome": "right", "misconception": "", "answer": {"mean": 155.4, "mean_moving_range": 32.5, "lower": 69.0, "upper": 241.7}, "hint": "", "right": ["mean", "mean_moving_range", "lower", "upper"], "wrong": []}, "b3-2": {"earned": 3.0, "said": "b3-2: right (3 of 3 points).", "outcome": "right", "misconception": "", "answer": {"outside_in_A": 0, "outside_in_B": 1, "on_the_wall": "B"}, "hint": "", "right": ["outside_in_A", "outside_in_B", "on_the_wall"], "wrong": []}, "b3-3": {"earned": 5.0, "said": "b3-3: right (5 of 5 points).", "outcome": "right", "misconception": "", "answer": {"outside": "no", "shift": "yes", "trend": "no", "two_of_three": "no", "dot": 18}, "hint": "", "right": ["outside", "shift", "trend", "two_of_three", "dot"], "wrong": []}, "b3-4": {"earned": 4.0, "said": "b3-4: right (4 of 4 points).", "outcome": "right", "misconception": "", "answer": {"phones_icon": "C", "phones_next": 2, "waits_icon": "A", "waits_next": 4}, "hint": "", "right": ["phones_icon", "phones_next", "waits_icon", "waits_next"], "wrong": []}}');
INSERT INTO pcqa_marked VALUES('core-day1','b3_plot_the_dots','red-lamp','e3b1fb1cc6a4b7a9c85806c1980752067d242c434808a5e4011ffd7a5e2bfad4','2026-11-27T19:48:07+00:00','','[]','{"b3-1": {"earned": 4.0, "said": "b3-1: right (4 of 4 points).", "outcome": "right", "misconception": "", "answer": {"mean": 155.4, "mean_moving_range": 32.5, "lower": 69.0, "upper": 241.7}, "hint": "", "right": ["mean", "mean_moving_range", "lower", "upper"], "wrong": []}, "b3-2": {"earned": 0.0, "said": "b3-2: no answer yet (0 of 3 points). Put yours in place of None, even when you are not sure.", "outcome": "empty", "misconception": "", "answer": {"outside_in_A": null, "outside_in_B": null, "on_the_wall": null}, "hint": "", "right": [], "wrong": []}, "b3-3": {"earned": 5.0, "said": "b3-3: right (5 of 5 points).", "outcome": "right", "misconception": "", "answer": {"outside": "no", "shift": "yes", "trend": "no", "two_of_three": "no", "dot": 18}, "hint": "", "right": ["outside", "shift", "trend", "two_of_three", "dot"], "wrong": []}, "b3-4": {"earned": 4.0, "said": "b3-4: right (4 of 4 points).", "outcome": "right", "misconception": "", "answer": {"phones_icon": "C", "phones_next": 2, "waits_icon": "A", "waits_next": 4}, "hint": "", "right": ["phones_icon", "phones_next", "waits_icon", "waits_next"], "wrong": []}}');
COMMIT;
